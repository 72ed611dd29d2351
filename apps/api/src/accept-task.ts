import { type CreateTaskBody, WaitLimits } from "@valet/contracts";
import { type NewTask, type TaskRow, type TaskWriter, createTask } from "@valet/db";
import { assertPublicAddress, parseJobUrl } from "@valet/domain";
import { assertSiteAllowed, identifyJob } from "@valet/sites/addresses";
import type { PersonRouteDeps } from "./deps.ts";

export interface AcceptTaskDeps extends Pick<PersonRouteDeps, "networkPolicy" | "kickRelay"> {
  /** Of the person. */
  readonly writer: TaskWriter;
}

interface AcceptTask extends Pick<NewTask, "userId" | "idempotencyKey" | "repeatsIntentId"> {
  readonly body: CreateTaskBody;
}

/** Checks the address, writes the application and wakes whoever starts it. */
export async function acceptTask(
  { writer, networkPolicy, kickRelay }: AcceptTaskDeps,
  { body, ...asked }: AcceptTask,
): Promise<{ readonly task: TaskRow; readonly created: boolean }> {
  const jobUrl = parseJobUrl(body.jobUrl);
  assertSiteAllowed(jobUrl);
  await assertPublicAddress(networkPolicy, jobUrl);
  const { site, jobKey } = identifyJob(jobUrl);
  const accepted = await createTask(writer, {
    ...asked,
    body: { ...body, jobUrl: jobUrl.href },
    jobKey,
    platform: site,
  });
  if (accepted.created) kickRelay();
  return accepted;
}

/** What was asked for when this application was accepted: to ask for the same again. */
export function bodyOf({ jobUrl, resumeId, mode, rehearsal, waitLimits }: TaskRow): CreateTaskBody {
  return { jobUrl, resumeId, mode, rehearsal, waitLimits: WaitLimits.parse(waitLimits) };
}
