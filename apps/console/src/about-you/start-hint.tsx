import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useConsole } from "../app/console-context.ts";
import { resumesQuery } from "../new/resumes-query.ts";
import { startStrings } from "../strings/start-strings.ts";

/** Where to begin, for somebody of whom no résumé is stored; they may do anything else first. */
export function StartHint() {
  const { client } = useConsole();
  const { data: resumes } = useQuery(resumesQuery(client));
  if (resumes === undefined || resumes.length > 0) return null;
  return (
    <aside className="notice start-hint" data-tone="ask" aria-label={startStrings.board.title}>
      <strong>{startStrings.board.title}</strong>
      <p>{startStrings.board.text}</p>
      <Link to="/start" className="button primary">
        {startStrings.board.open}
      </Link>
    </aside>
  );
}
