import type { Frame, Page } from "playwright";
import { originAndPath } from "./form-page.ts";

const mostFrames = 40;

/** Every frame of the page, those of other origins too, outer ones first; challenges and payment boxes stay closed. */
export function readableFrames(page: Page): Frame[] {
  const main = page.mainFrame();
  return page
    .frames()
    .filter((frame) => frame === main || (!frame.isDetached() && !isForeignWidget(frame.url())))
    .slice(0, mostFrames);
}

export function findFrame(page: Page, frameUrl: string): Frame | undefined {
  return readableFrames(page).find((frame) => originAndPath(frame.url()) === frameUrl);
}

/** Frames whose fields are never an applicant's: captchas, card fields, trackers, chats. */
function isForeignWidget(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, pathname } = new URL(address);
  return (
    /(^|\.)(hcaptcha\.com|recaptcha\.net|challenges\.cloudflare\.com|arkoselabs\.com|funcaptcha\.com|captcha-delivery\.com|js\.stripe\.com|braintreegateway\.com|doubleclick\.net|googletagmanager\.com|intercom\.io|drift\.com)$/u.test(
      hostname,
    ) || pathname.startsWith("/recaptcha/")
  );
}
