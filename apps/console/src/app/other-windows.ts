import { forgetDrafts, isDraftOwner } from "./drafts.ts";

/** All windows of a browser have one login: what is signed out of in one, or into as somebody else, is so in all. */
const windows = new BroadcastChannel("valet-login");

/** `personId`: who is signed in from now on, if anybody. */
export function tellOtherWindows(personId?: string): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin
  windows.postMessage(personId);
}

/** What this window shows of one person it shows to no other. */
export function followOtherWindows(): void {
  windows.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (isDraftOwner(data)) return;
    forgetDrafts();
    location.reload();
  });
}
