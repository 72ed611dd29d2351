import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { startStrings } from "../strings/start-strings.ts";
import "./about-you.css";

/** Around the three parts of what Valet may say of a person. */
export function AboutYou({ children }: { readonly children: ReactNode }) {
  return (
    <div className="about">
      <header className="about-head">
        <h1>{startStrings.title}</h1>
        <p className="faint">{startStrings.intro}</p>
        <nav className="about-parts" aria-label={startStrings.parts}>
          <Link to="/start" activeOptions={{ exact: true, includeSearch: false }}>
            {startStrings.resume}
          </Link>
          <Link to="/start/facts">{startStrings.facts}</Link>
          <Link to="/start/answers">{startStrings.answers}</Link>
        </nav>
      </header>
      {children}
    </div>
  );
}
