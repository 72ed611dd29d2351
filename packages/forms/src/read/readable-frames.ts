import type { Frame, Page } from "playwright";
import { originAndPath } from "./form-page.ts";

/** The main frame and the child frames that belong to the same site's page, outer ones first. */
export function readableFrames(page: Page): Frame[] {
  const main = page.mainFrame();
  const origin = originOf(main.url());
  return page
    .frames()
    .filter(
      (frame) => frame === main || (!frame.isDetached() && isSameOrigin(frame.url(), origin)),
    );
}

export function findFrame(page: Page, frameUrl: string): Frame | undefined {
  return readableFrames(page).find((frame) => originAndPath(frame.url()) === frameUrl);
}

function isSameOrigin(address: string, origin: string): boolean {
  // Frames written by the page itself share its origin.
  if (address === "about:srcdoc" || address === "about:blank") return true;
  return originOf(address) === origin;
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}
