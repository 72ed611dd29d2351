import type { TaskEnd } from "@valet/db";
import { type SiteWall, detectSiteWall } from "@valet/forms";
import type { LiveSession } from "../live-sessions.ts";

/** The end of an application whose page shows a wall in place of a form; undefined where it shows none. */
export async function findSiteWall(
  page: LiveSession["page"],
  signal: AbortSignal,
): Promise<TaskEnd | undefined> {
  const wall = await detectSiteWall(page, signal);
  return wall === null ? undefined : { outcome: "not_submitted", ...atWall[wall.kind] };
}

/** The end of an application whose form asks for the password of an account. */
export function accountWanted(): TaskEnd {
  const { reason } = atWall.sign_in;
  const message =
    "The form asks for an account with a password, which only you can choose. Nothing was sent. Apply by hand on the site.";
  return { outcome: "not_submitted", reason, message };
}

const atWall: Readonly<Record<SiteWall["kind"], Pick<TaskEnd, "reason" | "message">>> = {
  sign_in: {
    reason: "FORM_NOT_FOUND",
    message:
      "The site wants you to sign in before it shows the form. Nothing was sent. Apply by hand on the site.",
  },
  email_code: {
    reason: "FORM_NOT_FOUND",
    message:
      "The site sends a code or a link by e-mail before it shows the form. Nothing was sent. Apply by hand on the site.",
  },
  consent: {
    reason: "FORM_NOT_FOUND",
    message:
      "The site asks for your consent before it shows the form. Nothing was sent. Apply by hand on the site.",
  },
  blocked: {
    reason: "PAGE_UNREACHABLE",
    message:
      "The site does not let this browser in. Nothing was sent. Apply by hand in your own browser.",
  },
  rate_limited: {
    reason: "PAGE_UNREACHABLE",
    message: "The site asks to wait before the next visit. Nothing was sent. Try again later.",
  },
  expired: {
    reason: "PAGE_NOT_FOUND",
    message:
      "This address was only good for a while. Nothing was sent. Use the address of the posting itself.",
  },
};
