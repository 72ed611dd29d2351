import type { Captcha } from "./captcha.ts";
import type { CaptchaEvidence, EvidenceElement } from "./captcha-evidence.ts";
import { isBox, urlOf } from "./captcha-frame.ts";

/** An open puzzle is far larger than the frame that waits for one. */
const minChallengePx = 100;

/**
 * A wall only where a person meets something: a checkbox in place, an open puzzle, or the old letters. The
 * badge of the invisible and the scoring kind sits on nearly every application form and is none.
 */
export function judgeRecaptcha(evidence: CaptchaEvidence): Captcha[] {
  const isSolved = evidence.tokens.some(
    ({ marks, filled, inBadge }) => marks.includes("g-recaptcha-response") && filled && !inBadge,
  );
  const found = [
    ...fromFrames(evidence, isSolved),
    ...fromOldKind(evidence),
    ...fromWidgets(evidence, isSolved),
  ];
  if (found.some(({ kind }) => kind !== "invisible")) return found;
  const drawn = [...found, ...fromRenderCalls(evidence), ...fromTokens(evidence, isSolved)];
  return drawn.length > 0 ? drawn : fromScripts(evidence);
}

function frameRole({
  src,
}: EvidenceElement): { readonly role: string; readonly size: string } | null {
  const url = urlOf(src);
  if (url === null || !/^(www\.)?(google\.com|recaptcha\.net)$/u.test(url.hostname)) return null;
  const role = /^\/recaptcha\/(?:api2|enterprise)\/(anchor|bframe)\b/u.exec(url.pathname)?.[1];
  return role === undefined ? null : { role, size: url.searchParams.get("size") ?? "" };
}

function fromFrames({ frames }: CaptchaEvidence, isSolved: boolean): Captcha[] {
  return frames.flatMap((frame): Captcha[] => {
    const { where } = frame;
    const own = frameRole(frame);
    if (own === null) return [];
    if (own.role === "bframe") {
      const isOpen =
        frame.shown && frame.width > minChallengePx && frame.height > minChallengePx && !isSolved;
      return isOpen ? [{ vendor: "recaptcha", kind: "challenge", wall: true, where }] : [];
    }
    const isInvisible = own.size === "invisible" || frame.inBadge;
    const kind = isInvisible ? "invisible" : "checkbox";
    return [{ vendor: "recaptcha", kind, wall: !isInvisible && isBox(frame) && !isSolved, where }];
  });
}

function fromWidgets({ widgets, frames }: CaptchaEvidence, isSolved: boolean): Captcha[] {
  const hasAnchor = frames.some((frame) => frameRole(frame)?.role === "anchor");
  return widgets.flatMap((widget): Captcha[] => {
    const { marks, where, shown } = widget;
    if (/\bgrecaptcha-badge\b/u.test(marks)) {
      return hasAnchor ? [] : [{ vendor: "recaptcha", kind: "invisible", wall: false, where }];
    }
    if (!/(^|\s)g-recaptcha(\s|$)/u.test(marks) || hasAnchor) return [];
    // On a button the click starts it; the widget itself is never drawn.
    const isInvisible = widget.invisible || /^(button|input|a)$/u.test(widget.tag);
    const kind = isInvisible ? "invisible" : "checkbox";
    return [{ vendor: "recaptcha", kind, wall: !isInvisible && shown && !isSolved, where }];
  });
}

/** The first generation: letters to type, drawn by a script or, without scripts, in a frame. */
function fromOldKind({ frames, scripts, tokens }: CaptchaEvidence): Captcha[] {
  const isOld = (address: string): boolean =>
    /(google\.com\/recaptcha|recaptcha\.net)\/(api\/)?(challenge|noscript)\b|recaptcha_ajax\.js/u.test(
      address,
    );
  const frame = frames.find(({ src }) => isOld(src));
  const token = tokens.find(({ marks }) => /recaptcha_(challenge|response)_field/u.test(marks));
  const script = scripts.find((src) => isOld(src));
  const where =
    frame?.where ?? token?.where ?? (script === undefined ? undefined : `script[src="${script}"]`);
  return where === undefined ? [] : [{ vendor: "recaptcha", kind: "text", wall: true, where }];
}

function fromRenderCalls({ renders }: CaptchaEvidence): Captcha[] {
  return renders
    .filter(({ api }) => api === "grecaptcha")
    .map(({ invisible, shown, where }) => ({
      vendor: "recaptcha",
      kind: invisible ? "invisible" : "checkbox",
      wall: !invisible && shown,
      where,
    }));
}

/** Drawn widgets leave a response field; the invisible kinds keep theirs inside the badge. */
function fromTokens({ tokens, widgets }: CaptchaEvidence, isSolved: boolean): Captcha[] {
  if (widgets.some(({ marks }) => /\b(g-recaptcha|grecaptcha-badge|h-captcha)\b/u.test(marks)))
    return [];
  if (tokens.some(({ marks }) => marks.includes("h-captcha-response"))) return [];
  const own = tokens.filter(({ marks }) => marks.includes("g-recaptcha-response"));
  const drawn = own.find(({ tag }) => tag === "textarea");
  if (drawn !== undefined) {
    return [
      { vendor: "recaptcha", kind: "checkbox", wall: drawn.shown && !isSolved, where: drawn.where },
    ];
  }
  // A hidden input is the page's own place for a score's token.
  const [kept] = own;
  return kept === undefined
    ? []
    : [{ vendor: "recaptcha", kind: "score", wall: false, where: kept.where }];
}

function fromScripts({ scripts }: CaptchaEvidence): Captcha[] {
  const src = scripts.find((address) => /(google\.com|recaptcha\.net)\/recaptcha\//u.test(address));
  if (src === undefined) return [];
  const render = urlOf(src)?.searchParams.get("render") ?? "";
  const isScore = render !== "" && render !== "explicit" && render !== "onload";
  const where = `script[src="${src}"]`;
  return [{ vendor: "recaptcha", kind: isScore ? "score" : "script", wall: false, where }];
}
