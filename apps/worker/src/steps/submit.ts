import {
  type CheckCaptchaOutput,
  type DispatchOutput,
  type Passed,
  type SubmitOutput,
  type WaitsFor,
  isPassed,
} from "./step-result.ts";

interface SubmitPorts {
  readonly review: CheckCaptchaOutput;
  readonly waitForApproval: (stepId: string) => Promise<"approved" | "expired">;
  /** Returns once the person has said that they are past it, or their time is over. */
  readonly waitForPerson: (wall: WaitsFor) => Promise<void>;
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
  waitForPerson,
  runDispatch,
}: SubmitPorts): Promise<SubmitOutput | Passed> {
  let { stepId } = review;
  let isWall = false;
  for (let round = 0; ; round += 1) {
    if (stepId !== null && !isWall && (await waitForApproval(stepId)) === "expired")
      return { expired: stepId };
    const result = await runDispatch(stepId, round);
    if (isPassed(result)) return result;
    isWall = "waitsFor" in result;
    if ("waitsFor" in result) {
      ({ stepId } = result.waitsFor);
      await waitForPerson(result.waitsFor);
    } else if ("reviewAgain" in result) stepId = result.reviewAgain;
    else return result;
  }
}
