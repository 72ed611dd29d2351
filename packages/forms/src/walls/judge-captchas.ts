import type { Captcha, CaptchaKind, CaptchaVendor } from "./captcha.ts";
import type { CaptchaEvidence } from "./captcha-evidence.ts";
import { hostOf, isBox } from "./captcha-frame.ts";
import { judgeHcaptcha } from "./judge-hcaptcha.ts";
import { judgePage } from "./judge-page.ts";
import { judgeRecaptcha } from "./judge-recaptcha.ts";

/** From what a document holds to captchas and whether each is a wall. */
export function judgeCaptchas(evidence: CaptchaEvidence): Captcha[] {
  const found = [
    ...judgeHcaptcha(evidence),
    ...judgeRecaptcha(evidence),
    ...judgeTurnstile(evidence),
    ...judgeByMark(evidence),
    ...judgeText(evidence),
    ...judgePage(evidence),
  ];
  const seen = new Set<string>();
  return found.filter(({ vendor, kind, where }) => {
    const key = `${vendor} ${kind} ${where}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The hidden response field alone is Turnstile's invisible mode. */
function judgeTurnstile(evidence: CaptchaEvidence): Captcha[] {
  const { frames, widgets, tokens, renders, scripts, pageSigns } = evidence;
  // Its code on a challenge page belongs to that page.
  if (pageSigns.some((sign) => sign.startsWith("cf-"))) return [];
  const own = tokens.filter(({ marks }) => marks.includes("cf-turnstile-response"));
  const isSolved = own.some(({ filled }) => filled);
  const judge = (isSeen: boolean, where: string): Captcha => ({
    vendor: "turnstile",
    kind: isSeen ? "checkbox" : "invisible",
    wall: isSeen && !isSolved,
    where,
  });
  const drawn = frames
    .filter(({ src }) => hostOf(src) === "challenges.cloudflare.com")
    .map((frame) => judge(isBox(frame), frame.where));
  if (drawn.length > 0) return drawn;
  const places = [
    ...widgets.filter(({ marks }) => /\bcf-turnstile\b/u.test(marks)),
    ...renders.filter(({ api }) => api === "turnstile"),
  ].map(({ invisible, shown, where }) => judge(!invisible && shown, where));
  if (places.length > 0) return places;
  const [token] = own;
  if (token !== undefined) return [judge(false, token.where)];
  const src = scripts.find((address) => /challenges\.cloudflare\.com\/turnstile\//u.test(address));
  if (src === undefined) return [];
  return [{ vendor: "turnstile", kind: "script", wall: false, where: `script[src="${src}"]` }];
}

interface Mark {
  readonly vendor: CaptchaVendor;
  readonly widget?: RegExp;
  readonly frameHost?: RegExp;
  readonly kind: CaptchaKind;
}

/** Vendors whose widget is a wall as soon as a person sees it. */
const marks: readonly Mark[] = [
  {
    vendor: "arkose",
    widget: /#funcaptcha\b|\bfuncaptcha\b/u,
    frameHost: /(^|\.)(arkoselabs|funcaptcha|octocaptcha)\.com$/u,
    kind: "challenge",
  },
  { vendor: "datadome", frameHost: /(^|\.)captcha-delivery\.com$/u, kind: "page" },
  {
    vendor: "mtcaptcha",
    widget: /\bmtcaptcha\b/u,
    frameHost: /(^|\.)mtcaptcha\.com$/u,
    kind: "text",
  },
  { vendor: "altcha", widget: /^altcha-widget/u, kind: "checkbox" },
  { vendor: "friendly-captcha", widget: /\bfrc-captcha\b/u, kind: "checkbox" },
  { vendor: "geetest", widget: /\bgeetest_/u, kind: "challenge" },
  {
    vendor: "smart-captcha",
    widget: /\bsmart-captcha\b/u,
    frameHost: /^smartcaptcha\./u,
    kind: "checkbox",
  },
  { vendor: "aws-waf", widget: /awswaf/u, kind: "challenge" },
];

function judgeByMark({ frames, widgets, tokens }: CaptchaEvidence): Captcha[] {
  const isArkoseSolved = tokens.some(
    ({ marks: own, filled }) => filled && /fc-token|funcaptcha/u.test(own),
  );
  return marks.flatMap(({ vendor, widget, frameHost, kind }) => {
    const isSolved = vendor === "arkose" && isArkoseSolved;
    const own =
      frameHost === undefined ? [] : frames.filter(({ src }) => frameHost.test(hostOf(src)));
    if (own.length > 0) {
      return own.map((frame): Captcha => {
        const isBlock = vendor === "datadome" && /[?&]t=bv\b/u.test(frame.src);
        const wall = isBox(frame) && !isSolved;
        return { vendor, kind: isBlock ? "block" : kind, wall, where: frame.where };
      });
    }
    const places = widget === undefined ? [] : widgets.filter((entry) => widget.test(entry.marks));
    const first = places.find(({ shown }) => shown) ?? places[0];
    if (first === undefined) return [];
    const { where, shown, invisible } = first;
    const wall = shown && !invisible && !isSolved;
    return [{ vendor, kind: invisible ? "invisible" : kind, wall, where }];
  });
}

function judgeText({ answers }: CaptchaEvidence): Captcha[] {
  return answers.map(({ where, filled, shown }) => ({
    vendor: "text",
    kind: "text",
    wall: shown && !filled,
    where,
  }));
}
