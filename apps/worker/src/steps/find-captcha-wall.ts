import type { TaskEnd } from "@valet/db";
import { detectWalls } from "@valet/forms";
import type { LiveSession } from "../live-sessions.ts";

/** Some walls open by themselves once they have looked at the browser. */
const graceMs = 5_000;

/** The end of an application at a page that a captcha closes; undefined where none stands in the way. */
export async function findCaptchaWall(
  page: LiveSession["page"],
  signal: AbortSignal,
): Promise<TaskEnd | undefined> {
  const captchas = await detectWalls({ page, graceMs }, signal);
  return captchas.some(({ wall }) => wall) ? captchaUnsolved : undefined;
}

const captchaUnsolved: TaskEnd = {
  outcome: "not_submitted",
  reason: "CAPTCHA_UNSOLVED",
  message:
    "The site asks for a captcha, which only a person may solve. Nothing was sent. Apply by hand on the site.",
};
