import type { ListedTask } from "@valet/contracts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useConsole } from "../app/console-context.ts";
import { employerName, jobTitle } from "../board/job-name.ts";
import { useEvents } from "../live/live-context.ts";
import { liveStrings } from "../strings/live-strings.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import { useTitle } from "../ui/use-title.ts";
import { liveTasksQuery } from "./live-tasks-query.ts";
import "./live-view.css";
import { useLiveScreen } from "./use-live-screen.ts";

/** As many pictures as a page shows; each is a connection, while it is in sight. */
const mostShown = 24;
const settleMs = 500;

/** All live browsers of a person at once, to look on. */
export function LiveGridPage() {
  const { client } = useConsole();
  const queries = useQueryClient();
  const options = liveTasksQuery(client);
  const { data: tasks, error, refetch } = useQuery(options);
  useTitle(liveStrings.grid.title);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEvents((events) => {
    if (!events.some(({ type }) => type === "state_change")) return;
    settling.current ??= setTimeout(() => {
      settling.current = undefined;
      void queries.invalidateQueries({ queryKey: options.queryKey });
    }, settleMs);
  });
  const more = (tasks?.length ?? 0) - mostShown;
  return (
    <>
      <h1>{liveStrings.grid.title}</h1>
      <p className="faint small">{liveStrings.grid.intro}</p>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {tasks === undefined && error === null && <p className="faint">{liveStrings.grid.loading}</p>}
      {tasks?.length === 0 && <p className="notice">{liveStrings.grid.none}</p>}
      <ul className="live-grid">
        {tasks?.slice(0, mostShown).map((task) => (
          <li key={task.id}>
            <LiveCard task={task} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="small faint">{liveStrings.grid.more(more)}</p>}
    </>
  );
}

function LiveCard({ task }: { readonly task: ListedTask }) {
  const { card, isInSight } = useInSight();
  return (
    <article ref={card} className="card live-card">
      {isInSight ? <LivePicture taskId={task.id} /> : <div className="live-screen" />}
      <h2>
        <Link to="/applications/$id/live" params={{ id: task.id }}>
          <bdi>{jobTitle(task)}</bdi>
        </Link>
      </h2>
      <p className="live-card-says small">
        <bdi>{employerName(task)}</bdi>
        <StateBadge task={task} />
      </p>
    </article>
  );
}

function LivePicture({ taskId }: { readonly taskId: string }) {
  const { standing, setPlace } = useLiveScreen(taskId, true);
  const words =
    standing.phase === "closed" ? liveStrings.grid.closed : liveStrings.phases[standing.phase];
  return (
    <div className="live-screen">
      {/* The link below says what it is; the picture is nothing to act in here. */}
      <div ref={setPlace} className="live-place" aria-hidden="true" />
      {!standing.isShown && <p className="live-empty faint small">{words}</p>}
    </div>
  );
}

/** A picture out of sight costs a connection and nobody looks at it. */
function useInSight() {
  const card = useRef<HTMLElement>(null);
  const [isInSight, setInSight] = useState(false);
  useEffect(() => {
    if (card.current === null) return;
    const watcher = new IntersectionObserver(
      (entries) => setInSight(entries.at(-1)?.isIntersecting === true),
      { rootMargin: "100px" },
    );
    watcher.observe(card.current);
    return () => watcher.disconnect();
  }, []);
  return { card, isInSight };
}
