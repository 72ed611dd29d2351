import type { ContinueApplicationInput, JobApplicationInput } from "@valet/contracts";
import { parseInput } from "../engine/parse-input.ts";
import { runMetadata } from "../engine/run-metadata.ts";
import { checkCaptcha } from "../steps/check-captcha.ts";
import { type CheckCaptchaOutput, Passed, UploadResumeOutput } from "../steps/step-result.ts";
import type { DurablePort } from "./durable-port.ts";
import { waitForPerson } from "./wait-for-person.ts";

interface CheckCaptchaBodyInput {
  readonly job: JobApplicationInput;
  readonly runId: string;
  readonly came: UploadResumeOutput | Passed;
  /** The name of the child that goes on. */
  readonly continueApplication: string;
}

/** The durable step `check-captcha`: what it waits for and spawns, in which order, is pinned by a test. */
export function checkCaptchaBody(
  port: DurablePort,
  { job, runId, came, continueApplication }: CheckCaptchaBodyInput,
): Promise<CheckCaptchaOutput | Passed> {
  const { taskId } = job;
  return checkCaptcha({
    came,
    waitForPerson: ({ stepId, kind, seconds }) =>
      waitForPerson(port, { taskId, wall: { stepId, kind, seconds } }),
    goOn: async ({ stepId, at, disagreements }, round) =>
      parseInput(
        UploadResumeOutput.or(Passed),
        await port.spawnChild(
          continueApplication,
          { taskId, runId, stepId, at, disagreements } satisfies ContinueApplicationInput,
          { sticky: true, key: `continue-${round}`, additionalMetadata: runMetadata(job) },
        ),
      ),
  });
}
