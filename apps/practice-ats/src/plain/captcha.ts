import { createHash } from "node:crypto";
import { html, type Html } from "../html.ts";
import type { Draft } from "./create-drafts.ts";

const field = "captcha";

/** A picture of letters and a box to copy them into: it stands in for what only a person may solve. */
export function captchaField(draft: Draft): Html {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="50"><text x="16" y="36" font-size="32" letter-spacing="8" transform="skewX(-12)">${lettersOf(draft)}</text></svg>`;
  return html`<div class="field">
    <img
      src="data:image/svg+xml;base64,${Buffer.from(picture).toString("base64")}"
      width="160"
      height="50"
      alt="Captcha"
    />
    <label for="${field}">Type the letters you see in the picture</label>
    <input type="text" id="${field}" name="${field}" required autocomplete="off" />
  </div>`;
}

export function isCaptchaSolved(draft: Draft, values: Readonly<Record<string, string>>): boolean {
  return values[field]?.trim().toUpperCase() === lettersOf(draft);
}

function lettersOf({ id }: Draft): string {
  const digest = createHash("sha256").update(id).digest();
  return [...digest.subarray(0, 5)].map((byte) => String.fromCharCode(65 + (byte % 26))).join("");
}
