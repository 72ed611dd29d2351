import { type TaskState, Problem, TaskState as TaskStates } from "@valet/contracts";
import {
  type NewUser,
  type TaskRow,
  askPerson,
  claimTask,
  endTask,
  enterState,
  findTask,
  getTask,
  listEvents,
  writeTask,
} from "@valet/db";
import { type TaskTransition, nextTaskState } from "@valet/domain";
import { everyCaseOr } from "@valet/testkit";
import { array, assert, asyncProperty, constantFrom, oneof, record } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "./api.fixture.ts";
import { dispatch, runIdOf, showReview } from "./review.fixture.ts";

const sequences = everyCaseOr(5_000, 60);
/** For all of them. */
const limitMs = everyCaseOr(60, 2) * 60_000;

let api: ApiFixture;
let person: NewUser;
beforeAll(async () => {
  api = await openApiFixture({ requestsPerMinute: 1_000_000_000 });
  person = await api.addPerson();
});
afterAll(() => api.close());

/** Where each state may lead: what the state machine itself says of every transition. */
const transitions: readonly TaskTransition[] = [
  { type: "enqueued" },
  { type: "restarted", mayHaveBeenSent: false },
  { type: "restarted", mayHaveBeenSent: true },
  ...TaskStates.options.flatMap((state) =>
    state === "created" || state === "queued" || isEnd(state)
      ? []
      : [{ type: "entered", state } as const],
  ),
  ...(["confirmed", "already_applied", "rejected", "unconfirmed"] as const).flatMap((outcome) => [
    { type: "ended", outcome, reason: null } as const,
    { type: "resolved", outcome, reason: "STATED_BY_PERSON" } as const,
  ]),
  { type: "ended", outcome: "not_submitted", reason: "CANCELLED" },
  { type: "ended", outcome: "not_submitted", reason: "STEP_FAILED" },
  { type: "ended", outcome: "not_submitted", reason: "REHEARSAL" },
  { type: "resolved", outcome: "not_submitted", reason: "STATED_BY_PERSON" },
];
const legal = new Set(
  TaskStates.options.flatMap((from) =>
    transitions.map((transition) => `${from} → ${nextTaskState(from, transition) ?? "nowhere"}`),
  ),
);

function isEnd(state: TaskState): state is "completed" | "failed" | "cancelled" {
  return state === "completed" || state === "failed" || state === "cancelled";
}

/** What a caller may try, in any order and at any time. */
const call = oneof(
  ...(
    [
      ["approve", { digest: "right" }],
      ["approve", { digest: "wrong" }],
      ["approve", {}],
      ["approve", { digest: "right", fieldOverrides: { first_name: "Grace" } }],
      ["approve", { digest: "right", fieldOverrides: { nothing: "x" } }],
      ["cancel", undefined],
      ["retry", undefined],
      ["resolve", { outcome: "confirmed" }],
      ["resolve", { outcome: "not_submitted" }],
      ["resolve", { resubmit: true, acceptDuplicateRisk: true }],
      ["captcha-solved", undefined],
      ["answers", { answers: { f: "x" } }],
      ["human-steps/open/done", {}],
      ["human-steps/random/done", {}],
      ["takeover", { mode: "view" }],
      ["release", undefined],
    ] as const
  ).map(([path, body]) => constantFrom({ by: "caller", path, body } as const)),
);

/** What workers do meanwhile, where it is their turn. */
const work = constantFrom(
  ...(
    ["claim", "fill", "captcha", "question", "review", "dispatch", "end", "lose proof"] as const
  ).map((what) => ({ by: "worker", what }) as const),
);

const steps = array(
  record({
    step: oneof({ weight: 2, arbitrary: call }, { weight: 1, arbitrary: work }),
    // Two of the same at once, as a person with two windows does it.
    twice: constantFrom(false, false, true),
  }),
  { minLength: 3, maxLength: 14, size: "max" },
);

async function callOnce(task: TaskRow, path: string, body: object | undefined): Promise<void> {
  const detail = await api.app.inject({ url: `/tasks/${task.id}`, headers: keyOf(person) });
  expect(detail.statusCode).toBe(200);
  const { humanStep } = detail.json();
  const id = path.includes("open") ? (humanStep?.id ?? "none") : crypto.randomUUID();
  const payload =
    body !== undefined && "digest" in body
      ? { ...body, digest: body.digest === "right" ? (humanStep?.digest ?? "00") : "ff" }
      : body;
  const answer = await api.app.inject({
    method: "POST",
    url: `/tasks/${task.id}/${path.replace(/open|random/, id)}`,
    headers: keyOf(person),
    ...(payload === undefined ? {} : { payload }),
  });
  const code = answer.statusCode < 400 ? undefined : Problem.parse(answer.json()).code;
  // There is no session host here, and the answer says so.
  const isFault = answer.statusCode >= 500 && code !== "SESSION_HOST_UNAVAILABLE";
  expect([path, isFault, answer.body]).toEqual([path, false, answer.body]);
}

/** A worker does nothing that the state machine forbids: what it would do now is then left out. */
async function workOnce(id: string, what: string): Promise<void> {
  const task = await getTask(api.db, { id });
  const asks = { asks: "Do it.", asksAgain: "Again.", url: "http://valet.test" };
  const isAtWork = task.runId !== null && !isEnd(task.state);
  switch (what) {
    case "claim":
      await writeTask(api.writer, id, (write) => claimTask(write, runIdOf(task)));
      return;
    case "fill":
      if (task.state !== "queued" && task.state !== "provisioning") return;
      await writeTask(api.writer, id, (write) => enterState(write, "filling"));
      return;
    case "captcha":
    case "question":
      if (!isAtWork || task.state !== "filling") return;
      await writeTask(api.writer, id, (write) =>
        askPerson(write, {
          kind: what,
          ...asks,
          ...(what === "question" ? { questions: [question] } : {}),
        }),
      );
      return;
    case "review":
      if (task.state === "queued" || task.state === "filling") await showReview(api.writer, task);
      return;
    case "dispatch":
      if (task.state === "awaiting_review") await dispatch(api.writer, task).catch(ifNotApproved);
      return;
    case "end":
    case "lose proof": {
      const isSent = what === "lose proof";
      await writeTask(api.writer, id, (write) =>
        endTask(write, {
          outcome: isSent ? "unconfirmed" : "not_submitted",
          reason: isSent ? "NO_PROOF" : "STEP_FAILED",
          message: "Over.",
        }),
      );
    }
  }
}

const question = { fieldId: "f", question: "Which?", options: [] };

/** The fixture says so in words: there is nothing to send yet, or it has been sent. */
function ifNotApproved(error: unknown): void {
  expect(String(error)).toMatch(
    /Nothing is approved|not dispatched|ALREADY|ILLEGAL|another|intent/i,
  );
}

test(
  "calls in any order, at any time and twice at once give no fault, and only what the state machine allows",
  async () => {
    const seen = new Set<string>();
    let done = 0;
    await assert(
      asyncProperty(steps, async (sequence) => {
        const task = await api.addTask(person.id);
        for (const { step, twice } of sequence) {
          const once = () =>
            step.by === "caller"
              ? callOnce(task, step.path, step.body)
              : workOnce(task.id, step.what);
          await (twice && step.by === "caller" ? Promise.all([once(), once()]) : once());
        }
        const events = await listEvents(api.db, { taskId: task.id, after: 0, limit: 500 });
        let state: TaskState = "created";
        for (const event of events) {
          if (event.type !== "state_change") continue;
          const change = `${event.data.from} → ${event.data.to}`;
          expect([event.data.from, legal.has(change)]).toEqual([state, true]);
          state = event.data.to;
          seen.add(change);
        }
        expect((await findTask(api.db, { id: task.id }))?.state).toBe(state);
        done += 1;
        if (done % 500 === 0) process.stderr.write(`${done} of ${sequences} sequences\n`);
      }),
      { numRuns: sequences },
    );
    process.stderr.write(`${sequences} sequences went through ${seen.size} kinds of change\n`);
    expect(seen.size).toBeGreaterThan(5);
  },
  limitMs,
);

test("a change that the state machine forbids would be found", () => {
  expect(legal.has("completed → queued")).toBe(false);
  expect(legal.has("cancelled → submitting")).toBe(false);
  expect(legal.has("queued → provisioning")).toBe(true);
});
