import { Or, SleepCondition, UserEventCondition } from "@hatchet-dev/typescript-sdk";
import {
  type DispatchInput,
  type JobApplicationInput,
  engineEvents,
  waitScope,
} from "@valet/contracts";
import { isPassing } from "@valet/domain";
import { parseInput } from "../engine/parse-input.ts";
import { runMetadata } from "../engine/run-metadata.ts";
import {
  type CheckCaptchaOutput,
  DispatchOutput,
  Passed,
  type SubmitOutput,
} from "../steps/step-result.ts";
import { submit } from "../steps/submit.ts";
import type { DurablePort } from "./durable-port.ts";
import { lookBackFrom } from "./look-back.ts";
import { waitForPerson } from "./wait-for-person.ts";

/** How long a person has for a review; afterwards it counts as not approved. */
const reviewWait = "24h";

function reviewWaitOf({ reviewSeconds }: CheckCaptchaOutput): `${number}h` | `${number}s` {
  return reviewSeconds === undefined ? reviewWait : `${reviewSeconds}s`;
}

interface SubmitBodyInput {
  readonly job: JobApplicationInput;
  readonly runId: string;
  readonly review: CheckCaptchaOutput;
  /** The name of the child that sends. */
  readonly dispatch: string;
}

/** The durable step `submit`: what it waits for and spawns, in which order, is pinned by a test. */
export function submitBody(
  port: DurablePort,
  { job, runId, review, dispatch }: SubmitBodyInput,
): Promise<SubmitOutput | Passed> {
  return submit({
    review,
    waitForApproval: async (stepId) => {
      const since = lookBackFrom(await port.now());
      const waited = await port.waitFor(
        Or(
          new SleepCondition(reviewWaitOf(review), "expired"),
          new UserEventCondition(
            engineEvents.reviewApproved,
            `input.stepId == '${stepId}'`,
            "approved",
            undefined,
            waitScope({ taskId: job.taskId, stepId }),
            since,
          ),
        ),
      );
      return waited["CREATE"]?.["approved"] === undefined ? "expired" : "approved";
    },
    waitForPerson: (wall) => waitForPerson(port, { taskId: job.taskId, wall }),
    runDispatch: async (stepId, round) => {
      const input = { taskId: job.taskId, runId, stepId } satisfies DispatchInput;
      const options = {
        sticky: true,
        key: `dispatch-${round}`,
        additionalMetadata: runMetadata(job),
      } as const;
      return port.spawnChild(dispatch, input, options).then(
        (output) => parseInput(DispatchOutput.or(Passed), output),
        (error: unknown) => {
          if (!(error instanceof Error && isPassing(error.message))) throw error;
          return { failed: error.message };
        },
      );
    },
  });
}
