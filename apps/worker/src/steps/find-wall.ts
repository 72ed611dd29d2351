import type { ReasonCode } from "@valet/contracts";
import type { TaskEnd } from "@valet/db";
import { reasonsAtWall } from "@valet/domain";
import {
  type FormPage,
  type SiteWall,
  asksForAccount,
  detectSiteWall,
  detectWalls,
} from "@valet/forms";
import type { LiveSession } from "../live-sessions.ts";

/** Some walls open by themselves once they have looked at the browser. */
const graceMs = 5_000;

/** The end of an application whose page shows a wall in place of a form; undefined where it shows none. */
export async function findWall(
  page: LiveSession["page"],
  signal: AbortSignal,
): Promise<TaskEnd | undefined> {
  const captcha = await findCaptchaWall(page, signal);
  if (captcha !== undefined) return captcha;
  const wall = await detectSiteWall(page, signal);
  return wall === null ? undefined : endAt(wall.kind);
}

/** The end of an application at a page that a captcha closes; undefined where none stands in the way. */
export async function findCaptchaWall(
  page: LiveSession["page"],
  signal: AbortSignal,
): Promise<TaskEnd | undefined> {
  const captchas = await detectWalls({ page, graceMs }, signal);
  return captchas.some(({ wall }) => wall) ? endAt("captcha") : undefined;
}

/** The end of an application whose form insists on an account; undefined where it does not. */
export function findAccountWall({ fields }: FormPage): TaskEnd | undefined {
  return asksForAccount(fields) ? endAt("sign_in") : undefined;
}

function endAt(wall: Wall): TaskEnd {
  return { outcome: "not_submitted", reason: reasons[wall], message: messages[wall] };
}

type Wall = SiteWall["kind"] | "captcha";

const reasons: Readonly<Record<Wall, ReasonCode>> = {
  ...reasonsAtWall,
  blocked: "PAGE_UNREACHABLE",
  rate_limited: "PAGE_UNREACHABLE",
  expired: "PAGE_NOT_FOUND",
};

const messages: Readonly<Record<Wall, string>> = {
  captcha:
    "The site asks for a captcha, which only a person may solve. Nothing was sent. Apply by hand on the site.",
  sign_in:
    "The site wants you to sign in before it shows the form. Nothing was sent. Apply by hand on the site.",
  email_code:
    "The site sends a code or a link by e-mail before it shows the form. Nothing was sent. Apply by hand on the site.",
  consent:
    "The site asks for your consent before it shows the form. Nothing was sent. Apply by hand on the site.",
  blocked:
    "The site does not let this browser in. Nothing was sent. Apply by hand in your own browser.",
  rate_limited: "The site asks to wait before the next visit. Nothing was sent. Try again later.",
  expired:
    "This address was only good for a while. Nothing was sent. Use the address of the posting itself.",
};
