import type { FieldValues } from "../../form-field.ts";
import type { Posting, SubmitResult } from "../posting.ts";

/** Sends the form once. No answer at all is an error like any other to this page. */
export async function submitApplication(
  posting: Posting,
  answers: FieldValues,
): Promise<SubmitResult> {
  try {
    const response = await fetch(`${posting.path}/applications`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ answers }),
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
