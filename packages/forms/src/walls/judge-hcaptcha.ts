import type { Captcha } from "./captcha.ts";
import type { CaptchaEvidence, EvidenceElement } from "./captcha-evidence.ts";
import { hostOf, isBox } from "./captcha-frame.ts";

const minChallengePx = 100;

export function judgeHcaptcha(evidence: CaptchaEvidence): Captcha[] {
  const { frames, scripts, tokens } = evidence;
  const isSolved = tokens.some(
    ({ marks, filled }) => marks.includes("h-captcha-response") && filled,
  );
  const own = frames.filter(({ src }) => /(^|\.)hcaptcha\.com$/u.test(hostOf(src)));
  const found = own.length > 0 ? own.flatMap((frame) => judgeFrame(frame, isSolved)) : [];
  if (found.length > 0) return found;
  const places = fromPlaces(evidence, isSolved);
  if (places.length > 0) return places;
  const [token] = tokens.filter(({ marks }) => marks.includes("h-captcha-response"));
  if (token !== undefined) {
    return [{ vendor: "hcaptcha", kind: "invisible", wall: false, where: token.where }];
  }
  const src = scripts.find((address) => /hcaptcha\.com\/1\//u.test(address));
  return src === undefined
    ? []
    : [{ vendor: "hcaptcha", kind: "script", wall: false, where: `script[src="${src}"]` }];
}

/** What a frame is for stands behind the # of its address. */
function judgeFrame(frame: EvidenceElement, isSolved: boolean): Captcha[] {
  const { src, where, width, height } = frame;
  const isChallenge = /[#&?]frame=challenge\b/u.test(src);
  if (isChallenge) {
    const isOpen = isBox(frame) && width > minChallengePx && height > minChallengePx && !isSolved;
    return isOpen ? [{ vendor: "hcaptcha", kind: "challenge", wall: true, where }] : [];
  }
  const isInvisible = /[#&?](size=invisible|frame=checkbox-invisible)\b/u.test(src);
  const kind = isInvisible ? "invisible" : "checkbox";
  return [{ vendor: "hcaptcha", kind, wall: !isInvisible && isBox(frame) && !isSolved, where }];
}

/**
 * Places where a widget will be drawn. A page that keeps a hidden field of its own for the answer asks
 * for it in script when the form is sent; until a puzzle opens, nobody sees anything.
 */
function fromPlaces({ widgets, renders, tokens }: CaptchaEvidence, isSolved: boolean): Captcha[] {
  const isAskedInScript = tokens.some(
    ({ tag, marks }) => tag === "input" && marks.includes("h-captcha-response"),
  );
  const places = [
    ...widgets
      .filter(({ marks, keyed }) => /h-captcha/u.test(marks) || keyed)
      .filter(
        ({ marks }) =>
          !/(^|\s)(g-recaptcha|cf-turnstile|frc-captcha|smart-captcha)(\s|$)/u.test(marks),
      ),
    ...renders.filter(({ api }) => api === "hcaptcha").map((call) => ({ ...call, tag: "div" })),
  ];
  return places.map(({ invisible, shown, where, tag }) => {
    const isInvisible = invisible || isAskedInScript || tag === "button";
    const kind = isInvisible ? "invisible" : "checkbox";
    return { vendor: "hcaptcha", kind, wall: !isInvisible && shown && !isSolved, where };
  });
}
