import type { StepView, TaskView } from "@valet/client";
import {
  type RunNode,
  type StepName,
  StepName as StepNames,
  type TaskDetail,
  type TaskRun,
} from "@valet/contracts";
import { stepStrings } from "../strings/application-strings.ts";
import { strings } from "../strings/en.ts";
import { tookWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";
import { stepMark } from "./step-mark.ts";

interface StepTimelineInput {
  readonly task: TaskDetail;
  /** Undefined until it is loaded. */
  readonly run: TaskRun | undefined;
  readonly view: TaskView;
}

/** All steps from the beginning, so that nothing moves when one begins. */
export function StepTimeline({ task, run, view }: StepTimelineInput) {
  return (
    <section className="card panel">
      <div className="panel-head">
        <h2>{stepStrings.title}</h2>
        <span className="numbers faint">{task.pct} %</span>
      </div>
      <progress max={100} value={task.pct} aria-label={strings.board.done(task.pct)} />
      <ol className="steps">
        {StepNames.options.map((name) => (
          <Step
            key={name}
            name={name}
            node={run?.nodes.find((node) => node.name === name)}
            started={childrenOf(run, name)}
            told={view.steps.find((step) => step.name === name)}
            isAsked={task.humanStep !== null}
          />
        ))}
      </ol>
      {run?.engine === "unreachable" && <p className="faint small">{stepStrings.unreachable}</p>}
      {run?.dashboardUrl != null && (
        <a className="small" href={run.dashboardUrl} target="_blank" rel="noreferrer">
          {stepStrings.dashboard}
        </a>
      )}
    </section>
  );
}

/** What a step has started, without the step that follows it. */
function childrenOf(run: TaskRun | undefined, name: StepName): readonly RunNode[] {
  const parent = run?.nodes.find((node) => node.name === name);
  if (run === undefined || parent === undefined) return [];
  const steps: readonly string[] = StepNames.options;
  return run.nodes.filter((node) => node.parents.includes(parent.id) && !steps.includes(node.name));
}

interface StepInput {
  readonly name: StepName;
  readonly node: RunNode | undefined;
  readonly started: readonly RunNode[];
  readonly told: StepView | undefined;
  readonly isAsked: boolean;
}

function Step({ name, node, started, told, isAsked }: StepInput) {
  const mark = stepMark({ node, told, isAsked });
  return (
    <li
      className="step"
      data-mark={mark}
      aria-current={mark === "running" || mark === "asks" ? "step" : undefined}
    >
      <span className="step-mark" aria-hidden="true" />
      <span className="step-name mono">{name}</span>
      <span className="sr-only">{stepStrings.marks[mark]}</span>
      <Took node={node} told={told} />
      <span className="step-says small">
        {node !== undefined && node.attempt > 0 && (
          <span className="step-try">{stepStrings.attempt(node.attempt + 1)}</span>
        )}
        {node?.errorCode ?? told?.message ?? ""}
      </span>
      {started.length > 0 && (
        <details className="step-children small">
          <summary>{stepStrings.children(started.length)}</summary>
          <ul>
            {started.map((child) => (
              <li key={child.id}>
                <span className="mono">{child.name}</span>{" "}
                <span className="faint">
                  {child.state}
                  {child.ms === null ? "" : `, ${tookWords(child.ms)}`}
                  {child.attempt > 0 ? `, ${stepStrings.attempt(child.attempt + 1)}` : ""}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

function Took({ node, told }: Pick<StepInput, "node" | "told">) {
  // A step that was passed over took no time: what was done of it was done elsewhere.
  const noted = node?.state === "skipped" ? null : (node?.ms ?? null);
  const isRunning = told?.state === "running" && noted === null;
  if (isRunning && told.startedAt !== null) return <Ticking since={told.startedAt} />;
  const ms = noted ?? lengthOf(told);
  return <span className="step-took numbers">{ms === null ? "" : tookWords(ms)}</span>;
}

function lengthOf(told: StepView | undefined): number | null {
  if (told?.state !== "done" || told.startedAt === null || told.lastAt === null) return null;
  return told.lastAt - told.startedAt;
}

function Ticking({ since }: { readonly since: number }) {
  const now = useNow("second");
  return (
    <span className="step-took numbers">
      {tookWords(Math.max(1_000, Math.floor((now - since) / 1_000) * 1_000))}
    </span>
  );
}
