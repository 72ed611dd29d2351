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

/** The frame with an address that `frameAddresses` gave. */
export function findFrame(page: Page, address: string): Frame | undefined {
  const frames = readableFrames(page);
  return frames[frameAddresses(frames.map((frame) => frame.url())).indexOf(address)];
}

/**
 * Origin and path of each; a page and its frame may differ in their query alone, so those that come later
 * carry their place among their equals.
 */
export function frameAddresses(urls: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return urls.map((url) => {
    const address = originAndPath(url);
    const place = (seen.get(address) ?? 0) + 1;
    seen.set(address, place);
    return place === 1 ? address : `${address}#${place}`;
  });
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
