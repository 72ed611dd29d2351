import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { takeVendorApplication, type VendorApplication } from "./take-vendor-application.ts";

export interface ScriptedApplication extends VendorApplication {
  /** What is said of an application that is refused although nothing is wrong with it. */
  readonly refusal: string;
}

export interface ScriptReply {
  readonly code: number;
  readonly body: { readonly result: string; readonly message?: string };
}

/** Takes an application that a page's script sends, and says what the script is to be answered. */
export async function takeScriptedApplication(
  deps: SiteDeps,
  { refusal, ...application }: ScriptedApplication,
): Promise<ScriptReply> {
  const verdict = await takeVendorApplication(deps, application);
  switch (verdict.kind) {
    case "refused": {
      const wrong = [...Object.values(verdict.errors), ...(application.complaints ?? [])];
      const message = wrong.length > 0 ? wrong.join(" ") : refusal;
      return { code: 422, body: { result: "invalid", message } };
    }
    case "already-applied":
      return { code: 409, body: { result: "already-applied" } };
    case "soft-error":
      return { code: 200, body: { result: "soft-error", message: submitReplies.softError } };
    case "stored":
    case "unverified":
      return { code: 200, body: { result: verdict.kind } };
  }
}
