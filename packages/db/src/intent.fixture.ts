import { digestOf } from "@valet/domain";
import { armIntent } from "./arm-intent.ts";
import { addBrowserSession } from "./browser-sessions.ts";
import { type IntentRow, findIntent, prepareIntent } from "./intents.ts";
import { takeFence } from "./session-fences.ts";
import { approveByStandingConsent } from "./standing-consents.ts";
import { type NewTaskOptions, type TestStore, claimAndFill, snapshotWith } from "./task.fixture.ts";
import type { TaskRow } from "./task-row.ts";
import { writeTask } from "./write-task.ts";

const host = { hostId: "host-1", hostUrl: "http://127.0.0.1:1" };

/** A task as it stands before its last click: approved under a consent, its browser leased. */
export interface ApprovedTask {
  readonly task: TaskRow;
  readonly run: string;
  readonly digest: string;
  readonly intent: IntentRow;
  readonly sessionId: string;
  readonly fence: number;
}

/** Claimed and filled by a run of its own. */
export async function filledTask(
  store: TestStore,
  options: NewTaskOptions = {},
): Promise<{ readonly task: TaskRow; readonly run: string; readonly digest: string }> {
  const task = await store.newTask({ mode: "autopilot", ...options });
  const run = `run-${crypto.randomUUID()}`;
  await claimAndFill(store.writer, task.id, run);
  return { task, run, digest: digestOf(snapshotWith("ada@example.com", task.jobKey)) };
}

export async function leasedSession(
  { db }: TestStore,
  { id: taskId, userId }: TaskRow,
): Promise<{ readonly sessionId: string; readonly fence: number }> {
  const sessionId = crypto.randomUUID();
  await addBrowserSession(db, { id: sessionId, taskId, userId, ...host });
  return { sessionId, fence: await takeOver({ db }, { sessionId, taskId, userId }) };
}

/** As the next worker that attaches. */
export async function takeOver(
  { db }: Pick<TestStore, "db">,
  session: { readonly sessionId: string; readonly taskId: string; readonly userId: string },
): Promise<number> {
  const taken = await takeFence(db, { ...session, ...host, owner: "worker", leaseMs: 15_000 });
  if (taken.kind !== "taken") throw new Error(`the fence was not taken: ${taken.kind}`);
  return taken.fence;
}

export async function approvedTask(
  store: TestStore,
  options: NewTaskOptions = {},
): Promise<ApprovedTask> {
  const { task, run, digest } = await filledTask(store, options);
  await writeTask(store.writer, task.id, async (write) => {
    await prepareIntent(write.trx, write.task, { digest });
    await approveByStandingConsent(write, digest);
  });
  const intent = await findIntent(store.db, task.id);
  if (intent === undefined) throw new Error("no intent was prepared");
  return { task, run, digest, intent, ...(await leasedSession(store, task)) };
}

/** Arms it, with something else than what it should be where given. */
export function arm(
  { writer }: TestStore,
  { task, run, digest, intent, sessionId, fence }: ApprovedTask,
  instead: Partial<Parameters<typeof armIntent>[1]> = {},
): Promise<IntentRow | undefined> {
  return writeTask(writer, task.id, ({ trx }) =>
    armIntent(trx, { intentId: intent.id, digest, runId: run, sessionId, fence, ...instead }),
  );
}
