import {
  type AnswersInAdvance,
  type CreateTaskBody,
  ValetError,
  WaitLimits,
} from "@valet/contracts";
import {
  type NewTask,
  type Querier,
  type TaskRow,
  type TaskWriter,
  createTask,
  hasTaskOfKey,
  listAnswersInAdvance,
  taskOf,
} from "@valet/db";
import { normaliseQuestion } from "@valet/domain";
import { employerOf, identifyJob } from "@valet/sites/addresses";
import { admitJobUrl } from "./admit-job-url.ts";
import type { PersonRouteDeps } from "./deps.ts";
import { takePlaces } from "./queue-room.ts";

export interface AcceptTaskDeps extends Pick<
  PersonRouteDeps,
  "networkPolicy" | "queueRoom" | "kickRelay"
> {
  /** Of the person. */
  readonly writer: TaskWriter;
}

interface AcceptTask extends Pick<NewTask, "userId" | "idempotencyKey" | "repeatsIntentId"> {
  readonly body: CreateTaskBody;
}

/**
 * Checks the address, writes the application and wakes whoever starts it. Throws `QUEUE_FULL` before anything is
 * stored where too much waits already; what was accepted before under the same key is found all the same.
 */
export async function acceptTask(
  { writer, networkPolicy, queueRoom, kickRelay }: AcceptTaskDeps,
  { body, ...asked }: AcceptTask,
): Promise<{ readonly task: TaskRow; readonly created: boolean }> {
  assertAnsweredOnce(body.answers ?? []);
  const jobUrl = await admitJobUrl(networkPolicy, body.jobUrl);
  const { site, jobKey } = identifyJob(jobUrl);
  const employer = employerOf(jobUrl, site);
  const place = await takePlaces(queueRoom, {
    userId: asked.userId,
    isThereAlready: () => hasTaskOfKey(writer.db, asked),
  });
  try {
    const accepted = await createTask(writer, {
      ...asked,
      body: { ...body, jobUrl: jobUrl.href },
      jobKey,
      platform: site,
      employer: employer === undefined ? undefined : `${site}/${employer}`,
    });
    if (accepted.created) kickRelay();
    else place?.giveBack();
    return accepted;
  } catch (error) {
    place?.giveBack();
    throw error;
  }
}

/**
 * What was asked for when this application was accepted: to ask for the same again. Its hours still count, a
 * time at which it was to start is over.
 */
export async function bodyOf(db: Querier, row: TaskRow): Promise<CreateTaskBody> {
  const { jobUrl, resumeId, mode, rehearsal, priority, window } = taskOf(row);
  return {
    jobUrl,
    resumeId,
    mode,
    rehearsal,
    priority,
    waitLimits: WaitLimits.parse(row.waitLimits),
    answers: await listAnswersInAdvance(db, row.id),
    ...(window === null ? {} : { window }),
  };
}

/** Of two answers to one question nobody could say which one the form gets. */
export function assertAnsweredOnce(answers: AnswersInAdvance): void {
  const asked = answers.map(({ question }) => normaliseQuestion(question));
  const issues = asked.flatMap((question, index) =>
    asked.indexOf(question) === index
      ? []
      : [{ path: `body/answers/${index}/question`, problem: "is answered before it" }],
  );
  if (issues.length === 0) return;
  throw new ValetError(
    "VALIDATION",
    "Some questions are answered more than once. Nothing was started. Answer each of them once.",
    { issues },
  );
}
