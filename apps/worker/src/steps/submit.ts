import {
  type CheckCaptchaOutput,
  type DispatchOutput,
  type Passed,
  type SubmitOutput,
  type WaitsFor,
  isPassed,
} from "./step-result.ts";

/** It threw, before anything could leave, what time may mend: in words, as the engine has them. */
export interface DispatchFailure {
  readonly failed: string;
}

interface SubmitPorts {
  readonly review: CheckCaptchaOutput;
  readonly waitForApproval: (stepId: string) => Promise<"approved" | "expired">;
  /** Returns once the person has said that they are past it, or their time is over. */
  readonly waitForPerson: (wall: WaitsFor) => Promise<void>;
  /** `round` makes each try a child of its own; a repeated round is the same child. */
  readonly runDispatch: (
    stepId: string | null,
    round: number,
  ) => Promise<DispatchOutput | Passed | DispatchFailure>;
}

/** A database or a session host that is being started again is back by then. */
const mostFailures = 2;

/**
 * Waits for the person where one has to look, then sends, or rehearses it. Durable: it only waits and spawns, and
 * what it waits for comes from outputs alone, so it takes the same way each time it resumes.
 */
export async function submit({
  review,
  waitForApproval,
  waitForPerson,
  runDispatch,
}: SubmitPorts): Promise<SubmitOutput | Passed> {
  let { stepId } = review;
  let waited: string | null = null;
  let failures = 0;
  for (let round = 0; ; round += 1) {
    if (stepId !== null && stepId !== waited && (await waitForApproval(stepId)) === "expired")
      return { expired: stepId };
    waited = stepId;
    const result = await runDispatch(stepId, round);
    if (isPassed(result)) return result;
    if ("failed" in result) {
      failures += 1;
      if (failures > mostFailures) throw new Error(result.failed);
    } else if ("waitsFor" in result) {
      waited = result.waitsFor.stepId;
      stepId = waited;
      await waitForPerson(result.waitsFor);
    } else if ("reviewAgain" in result) {
      waited = null;
      stepId = result.reviewAgain;
    } else return result;
  }
}
