import type { CheckCaptchaOutput, UploadResumeOutput } from "./step-result.ts";

/**
 * Decides from what earlier steps found, never from the live page: this step is durable, and a
 * branch that depends on the page would differ when it resumes (notes on determinism, design §4).
 * An application that met a wall has ended before, so there is nothing to wait for.
 */
export function checkCaptcha({
  digest,
  stepId,
  rehearsal,
}: UploadResumeOutput): CheckCaptchaOutput {
  return { walls: 0, digest, stepId, rehearsal };
}
