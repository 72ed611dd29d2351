import type { ContinueApplicationInput, UnansweredQuestion } from "@valet/contracts";
import { askPerson, writeTask } from "@valet/db";
import type { WorkerDeps } from "../deps.ts";
import { keepScreenshot } from "../evidence/keep-evidence.ts";
import type { LiveSession } from "../live-sessions.ts";
import { endApplication } from "./end-application.ts";
import { findEndUnseen } from "./end-unseen.ts";
import { type PersonNeed, whyNeeded } from "./person-texts.ts";
import { type Passed, superseded } from "./step-result.ts";
import { liveLink, taskLink } from "./task-link.ts";

interface Stop {
  readonly taskId: string;
  readonly runId: string;
  /** None where the person has taken it. */
  readonly page?: LiveSession["page"];
  readonly need: PersonNeed;
  /** The step that cannot go on by itself. */
  readonly at: ContinueApplicationInput["at"];
}

function questionsOf(need: PersonNeed): readonly UnansweredQuestion[] {
  if (need.kind === "question") return need.questions;
  return need.kind === "takeover" ? (need.fields ?? []) : [];
}

/**
 * Stops the application where only the person can go on: keeps a picture of the page, asks, and says so to
 * the steps after this one. They return at once; `check-captcha` waits, and has it go on from this page.
 */
export async function stopForPerson(
  deps: WorkerDeps,
  { taskId, runId, page, need, at }: Stop,
  signal: AbortSignal,
): Promise<Passed> {
  const screenshot =
    page && (await keepScreenshot(deps, { taskId, kind: "person-needed", page }, signal));
  const end = await findEndUnseen(deps, { taskId, kind: need.kind }, signal);
  if (end !== undefined) return endApplication(deps, { taskId, runId, end }, signal);
  await deps.checkpoint("stop:before", taskId);
  return writeTask(deps.writer, taskId, async (write): Promise<Passed> => {
    const { task } = write;
    if (task.runId !== runId || task.finishedAt !== null) return superseded;
    const { stepId, seconds } = await askPerson(write, {
      kind: need.kind,
      ...whyNeeded(need),
      url: need.kind === "question" ? taskLink(deps, taskId) : liveLink(deps, taskId),
      ...(screenshot === undefined ? {} : { screenshot }),
      questions: questionsOf(need),
    });
    return { stopped: { kind: need.kind, stepId, seconds, at, disagreements: 0 } };
  });
}
