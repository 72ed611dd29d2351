import type { EvidenceElement } from "./captcha-evidence.ts";

/** A frame that takes room on the page and is not hidden. */
export function isBox({ shown, width, height }: EvidenceElement): boolean {
  return shown && width > 1 && height > 1;
}

/** Host of a frame's or script's address; empty where there is none. */
export function hostOf(address: string): string {
  const url = urlOf(address);
  return url === null ? "" : url.hostname;
}

export function urlOf(address: string): URL | null {
  const absolute = address.startsWith("//") ? `https:${address}` : address.trim();
  return URL.canParse(absolute) ? new URL(absolute) : null;
}
