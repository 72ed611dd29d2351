import {
  type CheckCaptchaOutput,
  type DispatchOutput,
  type Passed,
  type SubmitOutput,
  isPassed,
} from "./step-result.ts";

interface SubmitPorts {
  readonly review: CheckCaptchaOutput;
  readonly waitForApproval: (stepId: string) => Promise<"approved" | "expired">;
  /** `round` makes each try a child of its own; a repeated round is the same child. */
  readonly runDispatch: (stepId: string | null, round: number) => Promise<DispatchOutput | Passed>;
}

/**
 * Waits for the person where one has to look, then sends, or rehearses it. Durable: it only waits and spawns, and
 * what it waits for comes from outputs alone, so it takes the same way each time it resumes.
 */
export async function submit({
  review,
  waitForApproval,
  runDispatch,
}: SubmitPorts): Promise<SubmitOutput | Passed> {
  let stepId = review.stepId;
  for (let round = 0; ; round += 1) {
    if (stepId !== null && (await waitForApproval(stepId)) === "expired")
      return { expired: stepId };
    const result = await runDispatch(stepId, round);
    if (isPassed(result) || !("reviewAgain" in result)) return result;
    stepId = result.reviewAgain;
  }
}
