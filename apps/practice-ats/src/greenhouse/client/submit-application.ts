import type { Posting, SubmitResult } from "../posting.ts";
import type { SubmitBody } from "../submit-body.ts";

/** Sends the form once. No answer at all is an error like any other to this page. */
export async function submitApplication(posting: Posting, body: SubmitBody): Promise<SubmitResult> {
  try {
    const response = await fetch(posting.submitPath, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.status >= 500) return unreachable;
    // Boundary: our own server's answer.
    return (await response.json()) as SubmitResult;
  } catch {
    return unreachable;
  }
}

const unreachable: SubmitResult = {
  kind: "error",
  message: "Your application could not be sent. Check your connection and try again.",
};
