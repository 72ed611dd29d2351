import { createHash } from "node:crypto";

import { html, type Html } from "./html.ts";

/** A picture of letters to copy: it stands in for what only a person may solve. */
export function captchaPicture(letters: string): Html {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="50"><text x="16" y="36" font-size="32" letter-spacing="8" transform="skewX(-12)">${letters}</text></svg>`;
  return html`<img
    src="data:image/svg+xml;base64,${Buffer.from(picture).toString("base64")}"
    width="160"
    height="50"
    alt="Captcha"
  />`;
}

/** Five letters that follow from a text and look like nothing. */
export function captchaLetters(text: string): string {
  const digest = createHash("sha256").update(text).digest();
  return [...digest.subarray(0, 5)].map((byte) => String.fromCharCode(65 + (byte % 26))).join("");
}

export function isCopied(letters: string, given: string | undefined): boolean {
  return given?.trim().toUpperCase() === letters;
}
