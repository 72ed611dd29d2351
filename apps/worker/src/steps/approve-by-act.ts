import { setTimeout as delay } from "node:timers/promises";
import { type PressGrant, type SessionHostClient, attachToBrowser } from "@valet/browser";
import { type SnapshotPage, type SubmitPressed, isValetError } from "@valet/contracts";
import {
  type ActAnswer,
  type ApprovalByAct,
  type TaskPage,
  type TaskRow,
  actSeconds,
  approveByAct as approve,
  findIntent,
  findTask,
  finishByAct,
  listPages,
  savePage,
  snapshotOf,
  withdrawAct,
  writeTask,
} from "@valet/db";
import { isEnded, mayHaveBeenSent } from "@valet/domain";
import { readBack } from "@valet/forms";
import { adapterOf, approvedFormOf, openSiteForm } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import { keepScreenshot, keepSnapshot } from "../evidence/keep-evidence.ts";
import { readResumeFile } from "../resume-file.ts";
import { type SessionGate, createSessionGate } from "../session-gate.ts";
import { assertReviewShows } from "./assert-review-shows.ts";
import { resumeFiles } from "./resume-files.ts";
import { shownKeys } from "./shown-keys.ts";

type Page = Awaited<ReturnType<typeof attachToBrowser>>["page"];

export type ApproveByActOutput =
  /** The person pressed once more, and it left. */
  | { readonly act: "sent" }
  /** They did not, in time or not the same. */
  | { readonly act: "lapsed" }
  /** It could not be approved; they were told why. */
  | { readonly act: "refused" }
  /** They have handed back, or pressed something else since. */
  | { readonly act: "over" };

const lookEveryMs = 200;
/** The host ends the person's control as soon as it has left. */
const controlEndsMs = 5_000;

/**
 * A person in control has pressed the button that sends, and the gate kept it. Reads the page as it stands
 * under their hands, writes their act as the approval of that and shows it; the same press once more, within
 * `actSeconds`, sends it. Waits for that, tells the run that it is over, or takes the approval back. Safe to
 * run again.
 */
export async function approveByAct(
  deps: WorkerDeps,
  { taskId, sessionId }: SubmitPressed,
  signal: AbortSignal,
): Promise<ApproveByActOutput> {
  const task = await findTask(deps.db, { id: taskId });
  if (task === undefined || isEnded(task.state) || task.sessionId !== sessionId) return over;
  const host = await deps.hosts.ofSession(sessionId);
  const pressed = { deps, task, sessionId, host };
  const press = await findPress(pressed, signal);
  // By somebody who is in control no more: their second press may be what ended it.
  if (press === undefined) return finish(pressed, signal);
  const gate = createSessionGate({
    host,
    sessionId,
    taskId,
    userId: task.userId,
    fence: press.fence,
  });
  try {
    const approved = await readAndApprove({ ...pressed, press, gate }, signal);
    if (approved === undefined) return { act: "refused" };
    return await untilPressedAgain({ ...pressed, gate, approved }, signal);
  } catch (error) {
    signal.throwIfAborted();
    const hasGoneOn = ["FENCED", "SESSION_LOST", "NO_OPEN_STEP"] as const;
    if (!hasGoneOn.some((code) => isValetError(error, code))) throw error;
    return finish(pressed, signal);
  }
}

const over: ApproveByActOutput = { act: "over" };

interface Pressed {
  readonly deps: WorkerDeps;
  readonly task: TaskRow;
  readonly sessionId: string;
  readonly host: SessionHostClient;
}

async function findPress(
  { task, sessionId, host }: Pressed,
  signal: AbortSignal,
): Promise<PressGrant | undefined> {
  try {
    return await host.readPress(sessionId, { taskId: task.id, userId: task.userId }, signal);
  } catch (error) {
    if (isValetError(error, "NO_OPEN_STEP") || isValetError(error, "SESSION_LOST")) {
      return undefined;
    }
    throw error;
  }
}

interface PressToRead extends Pressed {
  readonly press: PressGrant;
  readonly gate: SessionGate;
}

/** Undefined where it cannot be sent from the live view; the person is told why. */
async function readAndApprove(
  pressed: PressToRead,
  signal: AbortSignal,
): Promise<ApprovalByAct | undefined> {
  const { deps, task, press, gate } = pressed;
  const attached = await attachToBrowser(press.relayUrl, signal);
  try {
    const read = await readPressedPage({ ...pressed, page: attached.page }, signal);
    if (read.kind === "refused") return await refuse(pressed, read.why);
    const { pages, form } = read;
    const snapshot = snapshotOf(task.jobKey, pages);
    await keepSnapshot(deps, { taskId: task.id, snapshot }, signal);
    await keepScreenshot(
      deps,
      { taskId: task.id, kind: "before-submit", page: attached.page },
      signal,
    );
    const answer = await writeTask(deps.writer, task.id, (write) =>
      approve(write, {
        snapshot,
        jobKeys: shownKeys(pages),
        press: { ...press, sessionId: pressed.sessionId },
        message: pressOnceMore,
      }),
    );
    if (answer.kind === "refused") return await refuse(pressed, answer.why);
    const { approval } = answer;
    await deps.checkpoint("act:approved", task.id);
    const { pressDigest } = press;
    const armed = { intentId: approval.intentId, form, pressDigest };
    try {
      await gate.armForPress(armed, signal);
    } catch (error) {
      // Its own alone: another press may have been approved meanwhile.
      await writeTask(deps.writer, task.id, (write) => withdrawAct(write, approval.approvalId));
      throw error;
    }
    return approval;
  } finally {
    await attached.close();
  }
}

type Refusal =
  | Extract<ActAnswer, { kind: "refused" }>["why"]
  | "no_form"
  | "other_button"
  | "further_pages"
  | "unread_pages";

type PressedPage =
  | {
      readonly kind: "read";
      readonly pages: readonly TaskPage[];
      readonly form: ReturnType<typeof approvedFormOf>;
    }
  | { readonly kind: "refused"; readonly why: Refusal };

/** The form's last page as the person has it now, after those that were left before; changes nothing. */
async function readPressedPage(
  { deps, task, press, page }: PressToRead & { readonly page: Page },
  signal: AbortSignal,
): Promise<PressedPage> {
  const start = { taskId: task.id, epoch: task.epoch };
  const stored = await listPages(deps.db, start);
  const last = stored.find(({ isLast }) => isLast);
  const adapter = adapterOf(task.platform);
  const opened = await openSiteForm({ page, adapter, expected: last?.signature }, signal);
  if (opened.kind !== "form") return { kind: "refused", why: "no_form" };
  const { form } = opened;
  if (form.buttons.next !== undefined && form.buttons.submit === undefined) {
    return { kind: "refused", why: "further_pages" };
  }
  if (form.target !== null && !isSentBy(press, form.target)) {
    return { kind: "refused", why: "other_button" };
  }
  // Pages that the person went through by hand were never read, so they cannot be shown.
  if (last === undefined && stored.length > 0) return { kind: "refused", why: "unread_pages" };
  const files = resumeFiles(form, await readResumeFile(deps, task, signal));
  const plan = last?.plan ?? [];
  const pageNumber = last?.page ?? 1;
  const held = await readBack(
    { page, form, plan, files, pageNumber, waitUntilSettled: true },
    signal,
  );
  const snapshot = withPersonsValues(held, last?.snapshot);
  const { signature } = form;
  const current: TaskPage =
    last === undefined
      ? { page: pageNumber, signature, isLast: true, wasLeft: false, plan: [...plan], snapshot }
      : { ...last, snapshot };
  const pages = [...stored.filter((one) => one.page !== pageNumber), current];
  await assertReviewShows({ page, pages }, signal);
  await savePage(deps.db, start, current);
  const { target } = snapshot;
  return { kind: "read", pages, form: approvedFormOf({ ...form, target }) };
}

/** A page may have further buttons that send something, such as the one that leads back. */
function isSentBy(
  { method, place }: PressGrant,
  target: { readonly method: string; readonly action: string },
): boolean {
  return target.method.toUpperCase() === method && target.action.replace(/[?#].*$/su, "") === place;
}

/** What stands in a field other than before, under the hands of a person, is theirs. */
function withPersonsValues(now: SnapshotPage, before: SnapshotPage | undefined): SnapshotPage {
  const known = new Map(before?.fields.map((field) => [field.id, JSON.stringify(field.value)]));
  const fields = now.fields.map((field) => {
    const isTheirs = field.source === "site" && known.get(field.id) !== JSON.stringify(field.value);
    return isTheirs ? { ...field, source: "person" as const, confidence: 1 } : field;
  });
  return { ...now, fields };
}

async function refuse({ deps, task }: Pressed, why: Refusal): Promise<undefined> {
  await writeTask(deps.writer, task.id, (write) => {
    if (isEnded(write.task.state)) return;
    write.append({ type: "submit_pressed", data: { message: refusals[why] } });
  });
  return undefined;
}

/** Until it has left, or can leave no more. */
async function untilPressedAgain(
  pressed: Pressed & { readonly gate: SessionGate; readonly approved: ApprovalByAct },
  signal: AbortSignal,
): Promise<ApproveByActOutput> {
  const { deps, task, gate, approved } = pressed;
  const until = performance.now() + actSeconds * 1_000;
  while (performance.now() < until) {
    await delay(lookEveryMs, undefined, { signal });
    const intent = await findIntent(deps.db, task.id);
    if (intent === undefined || mayHaveBeenSent(intent.state)) return finish(pressed, signal);
    // Another press, or another way, has taken its place.
    if (intent.approvalId !== approved.approvalId) return over;
  }
  // The gate closes first, so that what is taken back cannot leave any more.
  await gate.disarm(signal);
  const isWithdrawn = await writeTask(deps.writer, task.id, (write) =>
    withdrawAct(write, approved.approvalId),
  );
  return isWithdrawn ? { act: "lapsed" } : finish(pressed, signal);
}

/** Tells the run that what it waited for is over, where it has left: once nobody is in control any more. */
async function finish(pressed: Pressed, signal: AbortSignal): Promise<ApproveByActOutput> {
  const { deps, task } = pressed;
  const intent = await findIntent(deps.db, task.id);
  if (intent === undefined || !mayHaveBeenSent(intent.state)) return over;
  await untilControlEnds(pressed, signal);
  await deps.checkpoint("act:sent", task.id);
  await writeTask(deps.writer, task.id, finishByAct);
  return { act: "sent" };
}

async function untilControlEnds({ sessionId, host }: Pressed, signal: AbortSignal): Promise<void> {
  const until = performance.now() + controlEndsMs;
  while (performance.now() < until) {
    const view = await host.getSession(sessionId, signal).catch(() => undefined);
    if (view?.control === undefined) return;
    await delay(lookEveryMs, undefined, { signal });
  }
}

const pressOnceMore = `Valet stopped this press and has read what the page holds. If that is what you want to send, press the same button once more within ${actSeconds} seconds.`;

const refusals: Readonly<Record<Refusal, string>> = {
  sent: "Something was sent already, so this press was stopped. Hand the browser back; Valet looks what became of it.",
  held_by_other_task:
    "Another application of yours for the same job has gone ahead, so this press was stopped and nothing was sent.",
  armed:
    "An earlier try may still be sending this application, so this press was stopped. Press again in a moment.",
  over: "This application sends nothing: it is a rehearsal, or it has ended. The press was stopped.",
  no_form:
    "Valet stopped this press, since it finds no form on the page and cannot tell what would be sent. Hand the browser back; Valet goes on from here.",
  other_button:
    "Valet stopped this press: it is not the button that sends the form, and pages send nothing before you have approved it. Hand the browser back if Valet is to go on from here.",
  further_pages:
    "Valet stopped this press, since the form has further pages. Hand the browser back; Valet goes on from here and asks before it sends.",
  unread_pages:
    "Valet stopped this press, since it has not read the pages before this one and cannot show them to you. Hand the browser back; Valet goes on from here and asks before it sends.",
};
