import { setTimeout as delay } from "node:timers/promises";
import type { Frame, Page } from "playwright";
import { ValetError } from "@valet/contracts";
import { runInFrame } from "../page-script/page-script.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import { originAndPath } from "../read/form-page.ts";
import type { Captcha } from "./captcha.ts";
import { type CaptchaEvidence, captchaEvidence, type EvidenceElement } from "./captcha-evidence.ts";
import { hostOf } from "./captcha-frame.ts";
import { judgeCaptchas } from "./judge-captchas.ts";

export interface DetectWallsInput {
  readonly page: Page;
  /** How long walls that often open by themselves (Cloudflare's) get to do so. Default 0. */
  readonly graceMs?: number;
}

const pollMs = 500;
/** A frame that never got its document lets every script wait for ever. */
const childLimitMs = 1_000;
const mainLimitMs = 12_000;

/**
 * Every captcha of a page, in all frames and open shadow roots, and whether it is a wall now. Changes
 * nothing and solves nothing; after a person is done, ask again.
 */
export async function detectWalls(
  { page, graceMs = 0 }: DetectWallsInput,
  signal: AbortSignal,
): Promise<Captcha[]> {
  let last = await detectOnce(page, signal);
  if (graceMs === 0 || !last.some(opensItself)) return last;
  await pollUntil(
    async () => {
      last = await detectOnce(page, signal);
      return last.some(opensItself) ? undefined : true;
    },
    { timeoutMs: graceMs, intervalMs: pollMs, signal },
  );
  return last;
}

function opensItself({ vendor, wall }: Captcha): boolean {
  return wall && (vendor === "turnstile" || vendor === "cloudflare");
}

async function detectOnce(page: Page, signal: AbortSignal): Promise<Captcha[]> {
  const frames = page.frames().filter((frame) => !frame.isDetached());
  // A vendor's own document is judged by the frame it stands in, from outside.
  const documents = frames.filter((frame) => !isVendorFrame(frame));
  const found = await Promise.all(
    documents.map(async (frame) => {
      const evidence = await evidenceIn(frame, signal);
      if (evidence === undefined) return [];
      const hidden = await hiddenFrames({ frame, evidence }, signal);
      const captchas = judgeCaptchas({ ...evidence, frames: [...evidence.frames, ...hidden] });
      if (frame === page.mainFrame()) return captchas;
      const isSeen = await isFrameSeen(frame);
      const place = `frame ${originAndPath(frame.url())}`;
      return captchas.map((entry) => ({
        ...entry,
        wall: entry.wall && isSeen,
        where: `${place}: ${entry.where}`,
      }));
    }),
  );
  return found.flat();
}

const vendorHosts =
  /(^|\.)(hcaptcha\.com|recaptcha\.net|arkoselabs\.com|funcaptcha\.com|octocaptcha\.com|captcha-delivery\.com|mtcaptcha\.com)$|^challenges\.cloudflare\.com$|^smartcaptcha\./u;

function isVendorFrame(frame: Frame): boolean {
  const address = frame.url();
  return (
    frame.parentFrame() !== null &&
    (vendorHosts.test(hostOf(address)) ||
      /^https?:\/\/(www\.)?google\.com\/recaptcha\//u.test(address))
  );
}

async function evidenceIn(frame: Frame, signal: AbortSignal): Promise<CaptchaEvidence | undefined> {
  const limit = new AbortController();
  const isMain = frame.parentFrame() === null;
  const limitMs = isMain ? mainLimitMs : childLimitMs;
  try {
    return await Promise.race([
      runInFrame(frame, { script: captchaEvidence, arg: null }, signal),
      delay(limitMs, undefined, { signal: AbortSignal.any([signal, limit.signal]) }).then(() => {
        // Silence is no "there is none".
        if (isMain) throw tooBusy(limitMs);
        return undefined;
      }),
    ]);
  } catch (thrown) {
    if (signal.aborted || thrown instanceof ValetError) throw thrown;
    // The frame was replaced or is gone: it holds nothing up.
    return undefined;
  } finally {
    limit.abort();
  }
}

function tooBusy(limitMs: number): ValetError {
  return new ValetError(
    "TIMEOUT",
    "The page kept its browser busy for too long, so it is not known whether a captcha stands on it. Try again.",
    { limitMs },
  );
}

/** Frames inside closed shadow roots: the document does not show them, the browser does. */
async function hiddenFrames(
  { frame, evidence }: { readonly frame: Frame; readonly evidence: CaptchaEvidence },
  signal: AbortSignal,
): Promise<EvidenceElement[]> {
  const known = new Set(evidence.frames.map(({ src }) => hostOf(src)));
  const unseen = frame
    .childFrames()
    .filter((child) => isVendorFrame(child) && !known.has(hostOf(child.url())));
  const found = await Promise.all(
    unseen.map(async (child): Promise<EvidenceElement[]> => {
      signal.throwIfAborted();
      const box = await boxOf(child);
      if (box === null) return [];
      const { width, height, shown } = box;
      const src = child.url();
      const where = `frame ${originAndPath(src)}`;
      const rest = { inBadge: false, invisible: false, keyed: false, filled: false };
      return [{ where, tag: "iframe", src, marks: "", shown, width, height, ...rest }];
    }),
  );
  return found.flat();
}

async function isFrameSeen(frame: Frame): Promise<boolean> {
  const box = await boxOf(frame);
  return box !== null && box.shown && box.width > 1 && box.height > 1;
}

async function boxOf(
  frame: Frame,
): Promise<{ readonly shown: boolean; readonly width: number; readonly height: number } | null> {
  try {
    const element = await frame.frameElement();
    return await element.evaluate((node: Element) => {
      const { width, height } = node.getBoundingClientRect();
      return { shown: node.checkVisibility({ visibilityProperty: true }), width, height };
    });
  } catch {
    return null;
  }
}
