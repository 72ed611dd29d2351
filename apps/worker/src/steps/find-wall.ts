import type { PersonWall, ReasonCode } from "@valet/contracts";
import type { TaskEnd } from "@valet/db";
import { type SiteWall, detectSiteWall, detectWalls } from "@valet/forms";
import type { LiveSession } from "../live-sessions.ts";

/** Some walls open by themselves once they have looked at the browser. */
const graceMs = 5_000;

export type MetWall =
  /** Only the person gets past it. */
  | { readonly kind: "person"; readonly wall: PersonWall }
  /** From this browser nobody does. */
  | {
      readonly kind: "end";
      readonly end: TaskEnd;
      /** The site wants nobody from here for a while. */
      readonly isTurnedAway: boolean;
    };

/** The wall that a page shows in place of a form; undefined where it shows none. */
export async function findWall(
  page: LiveSession["page"],
  signal: AbortSignal,
): Promise<MetWall | undefined> {
  const captcha = await findCaptchaWall(page, signal);
  if (captcha !== undefined) return captcha;
  const wall = await detectSiteWall(page, signal);
  return wall === null ? undefined : met(wall.kind);
}

/** The captcha that closes a page; undefined where none stands in the way. */
export async function findCaptchaWall(
  page: LiveSession["page"],
  signal: AbortSignal,
): Promise<MetWall | undefined> {
  const captchas = await detectWalls({ page, graceMs }, signal);
  return captchas.some(({ wall }) => wall) ? { kind: "person", wall: "captcha" } : undefined;
}

function met(wall: SiteWall["kind"]): MetWall {
  if (wall === "blocked" || wall === "rate_limited" || wall === "expired") {
    const isTurnedAway = wall !== "expired";
    return { kind: "end", end: { outcome: "not_submitted", ...ends[wall] }, isTurnedAway };
  }
  return { kind: "person", wall };
}

const ends: Readonly<
  Record<
    Exclude<SiteWall["kind"], PersonWall>,
    { readonly reason: ReasonCode; readonly message: string }
  >
> = {
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
