import type { Page } from "playwright";
import { isNavigating, pollUntil } from "../page-script/poll-until.ts";
import { buttonRole, isApplyWay, isExplicitSubmit, isOneClick } from "../read/button-words.ts";
import { originAndPath } from "../read/form-page.ts";
import type { RawButton, RawFrame } from "../read/raw-page.ts";
import { type FormReading, tryReadFormState } from "../read/read-form.ts";
import type { ApplyWay, PageFacts } from "./page-facts.ts";
import { readPageWords } from "./read-page-words.ts";

const navigationTimeoutMs = 15_000;

/** Reads what tells the kinds of pages apart. Changes nothing. */
export async function readPageFacts(page: Page, signal: AbortSignal): Promise<PageFacts> {
  const facts = await pollUntil(() => tryReadPageFacts(page, signal), {
    timeoutMs: navigationTimeoutMs,
    signal,
  });
  return facts ?? emptyFacts(page.url());
}

async function tryReadPageFacts(page: Page, signal: AbortSignal): Promise<PageFacts | undefined> {
  const reading = await tryReadFormState(page, signal);
  if (reading === undefined) return undefined;
  try {
    const words = await readPageWords(page, signal);
    if (words.isLoading) return undefined;
    return {
      url: reading.form.url,
      title: reading.form.title,
      httpStatus: words.httpStatus,
      headings: words.headings,
      text: words.text,
      alerts: reading.frames.flatMap(({ alerts }) => alerts),
      invalidFields: reading.invalid.length,
      hasApplicationForm: hasApplicationForm(reading),
      applyWay: findApplyWay(reading),
    };
  } catch (thrown) {
    if (isNavigating(thrown)) return undefined;
    throw thrown;
  }
}

/** Newsletter and search forms have fields too; an application has several, or a button that says so. */
export function hasApplicationForm({ form, outside, frames }: FormReading): boolean {
  const { next, submit } = form.buttons;
  const open = form.fields.filter(
    ({ id, policy, visible }) => visible && policy !== "never" && !outside.includes(id),
  );
  const isReview = frames.some((frame) => frame.isReview);
  if (open.length === 0) return submit !== undefined && (isReview || isExplicitSubmit(submit.text));
  if (next !== undefined || (submit !== undefined && buttonRole(submit.text) === "submit"))
    return true;
  // One that opens an account asks much, and its button says so.
  const isForAccount = form.fields.some(
    ({ id, kind, visible }) => kind === "password" && visible && !outside.includes(id),
  );
  return open.length >= 3 && !isForAccount;
}

function findApplyWay({ frames }: FormReading): ApplyWay | null {
  const ways = frames.flatMap((frame) =>
    frame.buttons.filter(isUsable).flatMap((button) => wayOf(frame, button)),
  );
  const open = ways.filter(({ sends }) => !sends);
  return open.find(({ href }) => href !== null) ?? open[0] ?? ways[0] ?? null;
}

function isUsable({ visible, enabled, region }: RawButton): boolean {
  return visible && enabled && region !== "cookie";
}

function wayOf(frame: RawFrame, { text, selector, href, type, form }: RawButton): ApplyWay[] {
  const isOnce = type !== "link" && isOneClick(text);
  if (!isOnce && !isApplyWay(text)) return [];
  const posts = type === "submit" && frame.forms[form]?.method === "post";
  return [{ text, selector, href, frame: frame.address, sends: isOnce || posts }];
}

function emptyFacts(url: string): PageFacts {
  return {
    url: originAndPath(url),
    title: "",
    httpStatus: null,
    headings: [],
    text: "",
    alerts: [],
    invalidFields: 0,
    hasApplicationForm: false,
    applyWay: null,
  };
}
