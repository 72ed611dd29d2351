import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useConsole } from "../app/console-context.ts";
import { resumesQuery } from "../new/resumes-query.ts";
import { strings } from "../strings/en.ts";

/** Where to begin, for somebody of whom no résumé is stored; they may do anything else first. */
export function StartHint() {
  const { client } = useConsole();
  const { data: resumes } = useQuery(resumesQuery(client));
  if (resumes === undefined || resumes.length > 0) return null;
  return (
    <aside className="notice" data-tone="ask" aria-label={strings.start.board.title}>
      <strong>{strings.start.board.title}</strong>
      <p>{strings.start.board.text}</p>
      <Link to="/start" className="button primary">
        {strings.start.board.open}
      </Link>
    </aside>
  );
}
