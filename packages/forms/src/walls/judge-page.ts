import type { Captcha } from "./captcha.ts";
import type { CaptchaEvidence } from "./captcha-evidence.ts";

/** A challenge leaves little else on the page; a sign on a full page is a left-over. */
const fewWords = 1_500;

/** Challenges that stand in place of the page. */
export function judgePage({ pageSigns, textLength, widgets }: CaptchaEvidence): Captcha[] {
  const found: Captcha[] = [];
  const isBare = textLength < fewWords;
  const signs = new Set(pageSigns);
  if (signs.has("cf-title") || ((signs.has("cf-stage") || signs.has("cf-options")) && isBare)) {
    found.push({ vendor: "cloudflare", kind: "page", wall: true, where: "page" });
  }
  if (signs.has("dd-block")) {
    found.push({ vendor: "datadome", kind: "block", wall: isBare, where: "page" });
  } else if (signs.has("dd-page")) {
    found.push({ vendor: "datadome", kind: "page", wall: isBare, where: "page" });
  }
  if (signs.has("akamai-denied") && isBare) {
    found.push({ vendor: "akamai", kind: "block", wall: true, where: "page" });
  }
  // A consent entry may be named like the widget: only a bare page is held up by it.
  const press = widgets.find(({ marks }) => /#px-captcha\b/u.test(marks));
  if (press !== undefined) {
    const wall = press.shown && isBare;
    found.push({ vendor: "human", kind: "challenge", wall, where: press.where });
  }
  return found;
}
