import { captchaLetters, captchaPicture, isCopied } from "../captcha-picture.ts";
import { html, type Html } from "../html.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import type { SentForm } from "../read-multipart.ts";

const widgets = { recaptcha: "g-recaptcha", hcaptcha: "h-captcha" } as const;

/** A widget that only a person passes: there from the start, or drawn by the click that would send. */
export function challengeBox(
  { seed }: SeededPosting,
  { kind, isLate }: { readonly kind: keyof typeof widgets; readonly isLate: boolean },
): Html {
  return html`<div
      class="${widgets[kind]} challenge"
      data-sitekey="practice"
      ${isLate && "data-late hidden"}
    >
      ${captchaPicture(captchaLetters(`light ${seed}`))}
      <label for="challenge-answer">Type the letters you see in the picture</label>
      <input id="challenge-answer" autocomplete="off" />
      <textarea name="${widgets[kind]}-response" hidden></textarea>
    </div>
    <script src="/practice/challenge.js"></script>`;
}

export function isChallengePassed({ seed }: SeededPosting, { values }: SentForm): boolean {
  const given = Object.values(widgets).map((name) => values.get(`${name}-response`)?.[0]);
  return given.some((answer) => isCopied(captchaLetters(`light ${seed}`), answer));
}
