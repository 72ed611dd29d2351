import type { FormValues } from "./form-values.ts";

/** Whether the plain résumé field, too, has the form drawn again. */
export function resetsOnUpload(): boolean {
  const quirks = new URLSearchParams(location.search).get("quirk") ?? "";
  return quirks.split(",").includes("autofill-resets");
}

/** What the server makes of a résumé; nothing when it does not answer. */
export async function readResume(file: File): Promise<FormValues> {
  const body = new FormData();
  body.set("resume", file);
  try {
    const answer = await fetch("/api/practice-parse-resume", { method: "POST", body });
    // Boundary: our own server's answer.
    return (await answer.json()) as FormValues;
  } catch {
    return {};
  }
}
