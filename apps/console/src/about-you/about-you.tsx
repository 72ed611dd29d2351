import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { strings } from "../strings/en.ts";
import "./about-you.css";

/** Around the three parts of what Valet may say of a person. */
export function AboutYou({ children }: { readonly children: ReactNode }) {
  return (
    <div className="about">
      <header className="about-head">
        <h1>{strings.start.title}</h1>
        <p className="faint">{strings.start.intro}</p>
        <nav className="about-parts" aria-label={strings.start.parts}>
          <Link to="/start" activeOptions={{ exact: true, includeSearch: false }}>
            {strings.start.resume}
          </Link>
          <Link to="/start/facts">{strings.start.facts}</Link>
          <Link to="/start/answers">{strings.start.answers}</Link>
        </nav>
      </header>
      {children}
    </div>
  );
}
