import { type TaskDetail, type TaskRun, isValetError } from "@valet/contracts";
import { useQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { useConsole } from "../app/console-context.ts";
import { jobTitle } from "../board/job-name.ts";
import { ApplicationLive } from "../live-view/application-live.tsx";
import { applicationStrings } from "../strings/application-strings.ts";
import { strings } from "../strings/en.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { useTitle } from "../ui/use-title.ts";
import { ApplicationHeader } from "./application-header.tsx";
import "./application.css";
import { EventLog } from "./event-log.tsx";
import { HumanStepPanel } from "./human-step-panel.tsx";
import { OutcomePanel } from "./outcome-panel.tsx";
import { Pictures } from "./pictures.tsx";
import { ReviewPanel } from "./review/review-panel.tsx";
import { SentFields } from "./review/sent-fields.tsx";
import { StepTimeline } from "./step-timeline.tsx";
import { runQuery, taskQuery } from "./task-queries.ts";
import { type TaskStory, useTaskStory } from "./use-task-story.ts";

const route = getRouteApi("/signed-in/applications/$id");
const queueLookMs = 3_000;
const endLookMs = 1_000;

/** One application: where it stands, what it needs, what it holds, and all that has happened to it. */
export function ApplicationPage() {
  const { id } = route.useParams();
  return <Application key={id} taskId={id} />;
}

function Application({ taskId }: { readonly taskId: string }) {
  const { client } = useConsole();
  const task = useQuery({
    ...taskQuery(client, taskId),
    // Why it waits for its start changes with others, and no event of its own says so.
    refetchInterval: ({ state }) => (state.data?.queue == null ? false : queueLookMs),
  });
  const hasEnded = task.data !== undefined && task.data.finishedAt !== null;
  const run = useQuery({
    ...runQuery(client, taskId),
    // The engine notes the end of a step after the event that tells of it, and nothing says so then.
    refetchInterval: ({ state }) => (hasEnded && isOpenYet(state.data) ? endLookMs : false),
  });
  const story = useTaskStory(taskId);
  useTitle(task.data === undefined ? undefined : jobTitle(task.data));
  // Also one that was shown already: nothing can be done with it any more.
  if (isValetError(task.error, "NOT_FOUND")) return <Gone error={task.error} />;
  if (task.data === undefined) {
    return task.error === null ? (
      <p className="faint">{applicationStrings.loading}</p>
    ) : (
      <ProblemNotice error={task.error} retry={() => void task.refetch()} />
    );
  }
  return (
    <>
      <ApplicationHeader task={task.data} />
      {task.error !== null && <ProblemNotice error={task.error} />}
      <div className="application">
        <div className="application-main">
          <NowNeeded task={task.data} story={story} />
        </div>
        <aside className="application-side" aria-label={applicationStrings.progress}>
          <StepTimeline task={task.data} run={run.data} view={story.view} />
          <Pictures task={task.data} />
          <EventLog story={story} />
        </aside>
      </div>
    </>
  );
}

/** What is asked again and again is an engine that answers. */
function isOpenYet(run: TaskRun | undefined): boolean {
  return run?.engine === "reached" && run.nodes.some(({ state }) => state === "running");
}

/** For one that was erased, or is another person's: which of them is not told. */
function Gone({ error }: { readonly error: unknown }) {
  return (
    <div className="card panel">
      <h1>{applicationStrings.gone}</h1>
      <ProblemNotice error={error} />
      <div>
        <Link to="/" className="button primary">
          {strings.lost.back}
        </Link>
      </div>
    </div>
  );
}

/** What comes first on the page: what the person is asked for, else how it ended, else what goes on. */
function NowNeeded({ task, story }: { readonly task: TaskDetail; readonly story: TaskStory }) {
  const { humanStep, outcome } = task;
  const isReview = humanStep?.kind === "review";
  return (
    <>
      {humanStep !== null && !isReview && (
        <HumanStepPanel key={humanStep.id} task={task} step={humanStep} />
      )}
      {outcome !== null && <OutcomePanel task={task} />}
      {!isReview && <ApplicationLive task={task} />}
      <ReviewPanel task={task} story={story} />
      {!isReview && <SentFields task={task} />}
      {humanStep === null && outcome === null && task.fields.length === 0 && (
        <p className="notice">
          {story.view.steps.findLast(({ message }) => message !== "")?.message ??
            applicationStrings.waits}
        </p>
      )}
      {isReview && <ApplicationLive task={task} />}
    </>
  );
}
