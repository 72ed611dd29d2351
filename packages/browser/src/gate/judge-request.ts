import { z } from "zod";
import { isSafeMethod } from "../is-safe-method.ts";
import { carriesApplication, countCarriedValues, isIdentifying } from "./carries-values.ts";
import { type GatePolicy, matchesRule } from "./gate-policy.ts";
import { isCaptchaService } from "./captcha-services.ts";

/** A request as it stands at the gate, before any of it has left the browser. */
export interface HeldRequest {
  readonly method: string;
  readonly url: string;
  /** Chromium's word: `Document`, `XHR`, `Fetch`, `Ping`, `Image`, … */
  readonly resourceType: string;
  /** What of the body is text; files are not in it. */
  readonly body?: string | undefined;
  /** The same for a request and for those that its redirects lead to. */
  readonly networkId?: string | undefined;
  readonly isRedirected: boolean;
}

/** What the driver of the page is doing, for as long as it says so. */
export const GatePermit = z.enum([
  /** Leaving a page of the form for its next: what the page then sends is no application yet. */
  "step",
  /** Handing over a file: a widget may send it at once, alone. */
  "upload",
]);
export type GatePermit = z.infer<typeof GatePermit>;

export type GateState =
  /** Nothing has been approved. */
  | { readonly kind: "closed"; readonly permit?: GatePermit | undefined }
  /** One request may leave: the application that was approved. */
  | { readonly kind: "armed"; readonly form: ApprovedForm }
  /** It is being decided in the database whether this very request may leave. */
  | { readonly kind: "deciding" }
  /** It has left. */
  | { readonly kind: "spent"; readonly released: ReleasedRequest };

/** The form that was approved, as it was read from the page. */
export const ApprovedForm = z.object({
  /** Of the frame that it stands in. */
  url: z.string().max(4_096),
  /** Where it says that it sends itself; a query is not compared. Forms of scripts often name none. */
  target: z.object({ method: z.string().max(10), url: z.string().max(4_096) }).nullable(),
});
export type ApprovedForm = Readonly<z.infer<typeof ApprovedForm>>;

export interface ReleasedRequest {
  readonly networkId?: string | undefined;
  readonly method: string;
  readonly url: string;
}

export type GateVerdict =
  | { readonly kind: "pass" }
  /** The application itself: may leave once the database says so. */
  | { readonly kind: "submit" }
  /** The released application goes on to where its site sends it, on the same origin. */
  | { readonly kind: "continued" }
  | { readonly kind: "refuse"; readonly why: RefusalReason };

export const RefusalReason = z.enum([
  /** It would have sent something before anything was approved. */
  "not_approved",
  /** Armed, but it is not the request that the approved form makes. */
  "not_the_approved_form",
  /** An application has left already. */
  "already_sent",
  /** The site sends the application on to somebody else. */
  "other_origin",
]);
export type RefusalReason = z.infer<typeof RefusalReason>;

export interface GateKnowledge {
  readonly policy: GatePolicy;
  /** What was entered for the person so far. */
  readonly values: readonly string[];
}

/**
 * The rule of the gate. Whoever caused a request (the worker, the page's script, a person, an engine), and
 * in whatever frame, popup or worker: only this decides. Pure.
 */
export function judgeRequest(
  request: HeldRequest,
  state: GateState,
  knowledge: GateKnowledge,
): GateVerdict {
  if (state.kind === "spent" && continues(request, state.released)) {
    return judgeRedirect(request, state.released);
  }
  if (isSafeMethod(request.method)) return judgeRead(request, state, knowledge);
  if (isCaptchaService(request.url)) return pass;
  const isSubmit = matchesRule(request, knowledge.policy.submits);
  if (!isSubmit && matchesRule(request, knowledge.policy.passes)) return pass;
  return judgeChange(request, state, { ...knowledge, isSubmit, isKnown: isSubmit });
}

const pass: GateVerdict = { kind: "pass" };

function continues({ networkId, isRedirected }: HeldRequest, released: ReleasedRequest): boolean {
  return isRedirected && networkId !== undefined && networkId === released.networkId;
}

/** 307 and 308 send the application once more; any other redirect asks for a page (RFC 9110 §15.4). */
function judgeRedirect({ method, url }: HeldRequest, released: ReleasedRequest): GateVerdict {
  if (isSafeMethod(method)) return pass;
  if (originOf(url) === originOf(released.url)) return { kind: "continued" };
  return { kind: "refuse", why: "other_origin" };
}

/**
 * A form may send itself as a GET, and so may a script. Lists of places are searched by a town with its state
 * and country, so a script's GET is an application only with what names the person, and something else.
 */
function judgeRead(request: HeldRequest, state: GateState, knowledge: GateKnowledge): GateVerdict {
  if (request.method !== "GET") return pass;
  const carried = countCarriedValues(request, knowledge.values);
  const naming = countCarriedValues(request, knowledge.values.filter(isIdentifying));
  const isPage = request.resourceType === "Document";
  const isKnown = matchesRule(request, knowledge.policy.submits);
  const isSubmit = isKnown || (naming >= 1 && (isPage || carried >= 2));
  if (!isSubmit || request.isRedirected) return pass;
  if (state.kind === "spent") {
    return isSamePlace(request.url, state.released.url)
      ? { kind: "refuse", why: "already_sent" }
      : pass;
  }
  return judgeChange(request, state, { ...knowledge, isSubmit: true, isKnown });
}

interface ChangeKnowledge extends GateKnowledge {
  /** It would send an application, whosever and wherever to. */
  readonly isSubmit: boolean;
  /** It is the one that the site is known to take its applications by. */
  readonly isKnown: boolean;
}

function judgeChange(
  request: HeldRequest,
  state: GateState,
  { policy, values, isSubmit, isKnown }: ChangeKnowledge,
): GateVerdict {
  switch (state.kind) {
    case "closed":
      return isPermitted(request, { permit: state.permit, values, isSubmit })
        ? pass
        : { kind: "refuse", why: "not_approved" };
    case "armed": {
      const isApproved =
        isKnown ||
        isApprovedTarget(request, state.form) ||
        isUnknownSend(request, state.form, { policy, values });
      return isApproved ? { kind: "submit" } : { kind: "refuse", why: "not_the_approved_form" };
    }
    case "deciding":
    case "spent":
      return { kind: "refuse", why: "already_sent" };
  }
}

/** A known application is never a step; a file on its way takes nothing else of the person along. */
function isPermitted(
  request: HeldRequest,
  {
    permit,
    values,
    isSubmit,
  }: {
    readonly permit: GatePermit | undefined;
    readonly values: readonly string[];
    readonly isSubmit: boolean;
  },
): boolean {
  if (permit === undefined || isSubmit) return false;
  return permit === "step" || countCarriedValues(request, values) === 0;
}

/** A form that names neither address nor method sends itself as a GET to its own page, if no script does. */
function isApprovedTarget({ method, url }: HeldRequest, form: ApprovedForm): boolean {
  const { method: approved, url: place } = form.target ?? { method: "GET", url: form.url };
  return approved === method && isSamePlace(url, place);
}

/**
 * Forms that a script sends name no address before they do: it is the first request to the form's own site
 * that carries what was entered. A form that the browser itself sends goes to the approved address alone.
 */
function isUnknownSend(
  request: HeldRequest,
  { url }: ApprovedForm,
  { policy, values }: GateKnowledge,
): boolean {
  if (policy.submits.length > 0 || request.resourceType === "Document") return false;
  if (!isSameSite(request.url, url)) return false;
  return carriesApplication(request, values);
}

function isSamePlace(a: string, b: string): boolean {
  const [one, other] = [URL.parse(a), URL.parse(b)];
  return one !== null && one.origin === other?.origin && one.pathname === other.pathname;
}

/** The same host, or two below one name, such as `jobs.example.com` and `api.example.com`. */
function isSameSite(a: string, b: string): boolean {
  const [one, other] = [URL.parse(a), URL.parse(b)];
  if (one === null || other === null) return false;
  if (one.protocol !== other.protocol) return false;
  return one.hostname === other.hostname || siteOf(one) === siteOf(other);
}

function siteOf({ hostname }: URL): string {
  return /[^.]+\.[^.]{1,3}\.[^.]{2}$|[^.]+\.[^.]+$/u.exec(hostname)?.[0] ?? hostname;
}

function originOf(url: string): string | undefined {
  return URL.parse(url)?.origin;
}
