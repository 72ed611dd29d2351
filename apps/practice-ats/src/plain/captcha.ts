import { captchaLetters, captchaPicture, isCopied } from "../captcha-picture.ts";
import { html, type Html } from "../html.ts";
import type { Draft } from "./create-drafts.ts";

const field = "captcha";

/** A picture of letters and a box to copy them into. */
export function captchaField({ id }: Draft): Html {
  return html`<div class="field">
    ${captchaPicture(captchaLetters(id))}
    <label for="${field}">Type the letters you see in the picture</label>
    <input type="text" id="${field}" name="${field}" required autocomplete="off" />
  </div>`;
}

export function isCaptchaSolved({ id }: Draft, values: Readonly<Record<string, string>>): boolean {
  return isCopied(captchaLetters(id), values[field]);
}
