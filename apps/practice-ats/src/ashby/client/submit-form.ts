import type { SubmitResult } from "../submit-result.ts";
import type { FormFiles, FormValues } from "./form-values.ts";

/** Sends everything once. No answer at all is an error like any other to this page. */
export async function submitForm(values: FormValues, files: FormFiles): Promise<SubmitResult> {
  const body = new FormData();
  for (const [path, value] of Object.entries(values)) {
    for (const one of typeof value === "string" ? [value] : value) body.append(path, one);
  }
  for (const [path, file] of Object.entries(files)) body.append(path, file, file.name);
  const path = location.pathname.replace(/\/application$/, "");
  try {
    const answer = await fetch(`/api/practice-submit${path}${location.search}`, {
      method: "POST",
      body,
    });
    if (answer.status >= 500) return unreachable;
    // Boundary: our own server's answer.
    return (await answer.json()) as SubmitResult;
  } catch {
    return unreachable;
  }
}

const unreachable: SubmitResult = {
  kind: "error",
  messages: ["Your application could not be sent. Check your connection and try again."],
};
