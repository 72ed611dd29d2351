/** Who stands behind a captcha; `text` is one of the site's own: letters from an image, or a small sum. */
export type CaptchaVendor =
  | "recaptcha"
  | "hcaptcha"
  | "turnstile"
  | "cloudflare"
  | "arkose"
  | "datadome"
  | "human"
  | "akamai"
  | "mtcaptcha"
  | "altcha"
  | "friendly-captcha"
  | "geetest"
  | "smart-captcha"
  | "aws-waf"
  | "text";

/**
 * `checkbox`: a box to tick. `challenge`: an open puzzle. `invisible`: shows itself only when in doubt.
 * `score`: judges in silence. `page`: stands in place of the page. `block`: no person can get past it.
 * `text`: letters or a sum to copy. `script`: only its code is there.
 */
export type CaptchaKind =
  | "checkbox"
  | "challenge"
  | "invisible"
  | "score"
  | "page"
  | "block"
  | "text"
  | "script";

export interface Captcha {
  readonly vendor: CaptchaVendor;
  readonly kind: CaptchaKind;
  /** Whether a person has to do something before the form can be sent. A badge is no wall. */
  readonly wall: boolean;
  /** CSS selector, through shadow roots joined by ` >>> `, after `frame <address>: ` outside the main frame. */
  readonly where: string;
}
