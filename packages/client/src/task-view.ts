import {
  type StepName,
  StepName as StepNames,
  type TaskEvent,
  type TaskState,
} from "@valet/contracts";

export type StepState = "waiting" | "running" | "done" | "failed";

export interface StepView {
  readonly name: StepName;
  readonly state: StepState;
  readonly message: string;
  /** Milliseconds since the epoch; null before the step's first event. */
  readonly startedAt: number | null;
  /** Of its last event so far. */
  readonly lastAt: number | null;
}

/** An application as its events tell it. */
export interface TaskView {
  readonly steps: readonly StepView[];
  readonly state: TaskState;
  /** 0 to 100. */
  readonly pct: number;
  readonly epoch: number;
  /** Number of the last event; 0 before the first. */
  readonly seq: number;
  /** Time of the first event in milliseconds since the epoch. */
  readonly startedAt: number | null;
  /** What a person has to do before it goes on; null while nobody is waited for. */
  readonly waitsFor: string | null;
  readonly end: TaskEndView | null;
}

export interface TaskEndView {
  readonly isSuccess: boolean;
  /** Outcome, or the code of the failure. */
  readonly title: string;
  readonly message: string;
}

export const emptyTaskView: TaskView = {
  steps: StepNames.options.map((name) => ({
    name,
    state: "waiting",
    message: "",
    startedAt: null,
    lastAt: null,
  })),
  state: "created",
  pct: 0,
  epoch: 0,
  seq: 0,
  startedAt: null,
  waitsFor: null,
  end: null,
};

/** The view after one more event. Events come in order, each once. */
export function withEvent(view: TaskView, event: TaskEvent): TaskView {
  const at = Date.parse(event.at);
  const { seq, epoch } = event;
  // A restarted application does its steps again.
  const steps = epoch > view.epoch ? emptyTaskView.steps : view.steps;
  const next = { ...view, steps, seq, epoch, startedAt: view.startedAt ?? at };
  switch (event.type) {
    case "state_change":
      return { ...next, state: event.data.to };
    case "progress":
      return { ...next, steps: withProgress(steps, { ...event.data, at }), pct: event.data.pct };
    case "human_needed":
      return { ...next, waitsFor: event.data.kind };
    case "human_done":
      return { ...next, waitsFor: null };
    case "completed":
      return {
        ...endView(next, { at, failedStep: undefined }),
        pct: 100,
        end: completedEnd(event.data),
      };
    case "failed":
      return { ...endView(next, { at, failedStep: event.data.step }), end: failedEnd(event.data) };
    case "field_review":
    case "submit_pressed":
    case "resume_state":
      return next;
  }
}

interface Progress {
  readonly step: StepName;
  readonly message: string;
  readonly at: number;
}

function withProgress(steps: readonly StepView[], progress: Progress): StepView[] {
  const current = steps.findIndex(({ name }) => name === progress.step);
  return steps.map((step, index) => {
    if (index < current) return step.state === "running" ? finished(step, progress.at) : step;
    if (index > current) return step;
    const startedAt = step.startedAt ?? progress.at;
    return { ...step, state: "running", message: progress.message, startedAt, lastAt: progress.at };
  });
}

/** A step that said something only once took until the next one spoke. */
function finished(step: StepView, at: number): StepView {
  const lastAt = step.lastAt === step.startedAt ? at : step.lastAt;
  return { ...step, state: "done", lastAt };
}

function endView(
  view: TaskView,
  { at, failedStep }: { readonly at: number; readonly failedStep: StepName | undefined },
): TaskView {
  const steps = view.steps.map((step): StepView => {
    if (step.name === failedStep) return { ...step, state: "failed" };
    return step.state === "running" ? finished(step, at) : step;
  });
  return { ...view, steps, waitsFor: null };
}

function completedEnd(data: Extract<TaskEvent, { type: "completed" }>["data"]): TaskEndView {
  const reference = data.confirmation?.reference;
  const message = reference === undefined ? "" : `reference ${reference}`;
  return { isSuccess: true, title: data.outcome, message };
}

function failedEnd(data: Extract<TaskEvent, { type: "failed" }>["data"]): TaskEndView {
  return { isSuccess: false, title: `${data.outcome} (${data.code})`, message: data.message };
}
