import { type Captcha, type CaptchaVendor, classifyPage, type PageFacts } from "@valet/forms";
import { identifyJob } from "../identify-job.ts";
import { isSignInAddress } from "../sign-in-address.ts";
import { siteOfHost } from "../site-domains.ts";

/** Whether a job can still be applied for, as far as the page that opened for its address tells. */
export type Liveness =
  /** The form stands there, or the posting with a way to it. */
  | { readonly kind: "open"; readonly page: "form" | "posting" }
  /**
   * `words`: the page says so. `gone`: a known system has no such posting any more. `job_list`: it
   * shows its list of jobs in place of this one.
   */
  | { readonly kind: "closed"; readonly by: "words" | "gone" | "job_list" }
  /** Something stands in front of the page. `canBeSolved`: by a person; else by nobody. */
  | {
      readonly kind: "challenge";
      readonly vendor: CaptchaVendor | "unknown";
      readonly canBeSolved: boolean;
    }
  /** There is no such page, on a site that nobody knows: the address may be wrong. */
  | { readonly kind: "missing" }
  | { readonly kind: "already_applied" }
  /** The site itself is in trouble, or asks to wait. */
  | { readonly kind: "trouble" }
  | { readonly kind: "unknown" };

export interface SeenPosting {
  /** The address that was asked for. */
  readonly asked: URL;
  readonly facts: PageFacts;
  readonly captchas: readonly Pick<Captcha, "vendor" | "kind" | "wall">[];
  /** Of the answer that brought the page, names in lower case; empty where they are not known. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Tells open postings, closed ones and those behind a challenge apart. Pure. */
export function livenessOf({ asked, facts, captchas, headers = {} }: SeenPosting): Liveness {
  const challenge = challengeOf({ facts, captchas, headers });
  if (challenge !== undefined) return challenge;
  const { kind } = classifyPage(facts);
  switch (kind) {
    case "closed":
      return { kind: "closed", by: "words" };
    case "form":
    case "form_with_errors":
      return { kind: "open", page: "form" };
    case "already_applied":
      return { kind: "already_applied" };
    case "site_error":
      return { kind: "trouble" };
    case "not_found":
      return missing({ asked, facts });
    case "posting":
    case "confirmation":
    case "unknown":
      if (isListInstead(asked, facts)) return { kind: "closed", by: "job_list" };
      return kind === "posting" ? { kind: "open", page: "posting" } : silent(facts);
  }
}

/** The status of an answer speaks where the page says nothing. */
function silent({ httpStatus }: PageFacts): Liveness {
  if (httpStatus === 403) return { kind: "challenge", vendor: "unknown", canBeSolved: false };
  return { kind: httpStatus === 429 ? "trouble" : "unknown" };
}

/** A known system gives each job an address of its own; 410 says it of any. */
function missing({ asked, facts }: Pick<SeenPosting, "asked" | "facts">): Liveness {
  const isKnown = identifyJob(asked).site !== "generic";
  return isKnown || facts.httpStatus === 410 ? { kind: "closed", by: "gone" } : { kind: "missing" };
}

/** The same system answers, and with a page that names no job. */
function isListInstead(asked: URL, { url }: PageFacts): boolean {
  const { site } = identifyJob(asked);
  if (site === "generic" || !URL.canParse(url)) return false;
  const opened = new URL(url);
  const isItsOwn = siteOfHost(asked) === site && siteOfHost(opened) === site;
  return isItsOwn && identifyJob(opened).site === "generic" && !isSignInAddress(opened);
}

function challengeOf({
  facts,
  captchas,
  headers = {},
}: Omit<SeenPosting, "asked">): Liveness | undefined {
  const wall = captchas.find(
    ({ kind, wall: isWall }) =>
      isWall &&
      (kind === "page" || kind === "block" || (kind === "challenge" && !facts.hasApplicationForm)),
  );
  if (wall !== undefined) {
    return { kind: "challenge", vendor: wall.vendor, canBeSolved: wall.kind !== "block" };
  }
  // A form that stands there has been let through, whatever the first answer said.
  if (facts.hasApplicationForm) return undefined;
  if (headers["cf-mitigated"] === "challenge") {
    return { kind: "challenge", vendor: "cloudflare", canBeSolved: true };
  }
  const isDataDome = (headers["x-datadome"] ?? headers["x-dd-b"]) !== undefined;
  return facts.httpStatus === 403 && isDataDome
    ? { kind: "challenge", vendor: "datadome", canBeSolved: true }
    : undefined;
}
