import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { strings } from "../strings/en.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";

/** For an address that is none of the console's. */
export function LostPage() {
  return (
    <main className="page narrow">
      <h1>{strings.lost.title}</h1>
      <p>{strings.lost.text}</p>
      <Link to="/">{strings.lost.back}</Link>
    </main>
  );
}

/** For a page that could not be shown at all. */
export function BrokenPage({ error, reset }: ErrorComponentProps) {
  return (
    <main className="page narrow">
      <h1>{strings.broken.title}</h1>
      <ProblemNotice error={error} retry={reset} />
    </main>
  );
}
