import { useQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { HumanStepPanel } from "../application/human-step-panel.tsx";
import "../application/application.css";
import { taskQuery } from "../application/task-queries.ts";
import { useTaskStory } from "../application/use-task-story.ts";
import { useConsole } from "../app/console-context.ts";
import { employerName, jobTitle } from "../board/job-name.ts";
import { applicationStrings, reviewStrings } from "../strings/application-strings.ts";
import { liveStrings } from "../strings/live-strings.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import { useTitle } from "../ui/use-title.ts";
import { LivePanel } from "./live-panel.tsx";

const route = getRouteApi("/signed-in/applications/$id/live");

/** An application's live browser with the whole page to itself, and beside it what the person is asked for. */
export function LivePage() {
  const { id } = route.useParams();
  return <LiveOf key={id} taskId={id} />;
}

function LiveOf({ taskId }: { readonly taskId: string }) {
  const { client } = useConsole();
  const { data: task, error, refetch } = useQuery(taskQuery(client, taskId));
  // What happens to it has it fetched again.
  useTaskStory(taskId);
  useTitle(task === undefined ? undefined : liveStrings.pageTitle(jobTitle(task)));
  if (task === undefined) {
    return error === null ? (
      <p className="faint">{applicationStrings.loading}</p>
    ) : (
      <ProblemNotice error={error} retry={() => void refetch()} />
    );
  }
  const { humanStep } = task;
  return (
    <div className="live-page">
      <header className="live-page-head">
        <Link to="/applications/$id" params={{ id: taskId }} className="small">
          {liveStrings.back}
        </Link>
        <h1>
          <bdi>{jobTitle(task)}</bdi>
        </h1>
        <strong>
          <bdi>{employerName(task)}</bdi>
        </strong>
        <span aria-live="polite">
          <StateBadge task={task} />
        </span>
      </header>
      {task.message !== null && <p className="notice">{task.message}</p>}
      {humanStep?.kind === "review" && (
        <p className="notice" data-tone="ask">
          {humanStep.reason}{" "}
          <Link to="/applications/$id" params={{ id: taskId }}>
            {reviewStrings.title}
          </Link>
        </p>
      )}
      {humanStep !== null && humanStep.kind !== "review" && (
        <HumanStepPanel key={humanStep.id} task={task} step={humanStep} />
      )}
      <LivePanel task={task} isLarge />
    </div>
  );
}
