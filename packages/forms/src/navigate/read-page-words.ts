import { setTimeout as delay } from "node:timers/promises";
import type { Frame, Page } from "playwright";
import { runInFrame } from "../page-script/page-script.ts";
import { type PageWords, readWords } from "../page-script/read-words.ts";
import { readableFrames } from "../read/readable-frames.ts";

const childFrameLimitMs = 3_000;

/** What the page says, with the words of frames that hold its content; chats and badges in small frames do not count. */
export async function readPageWords(page: Page, signal: AbortSignal): Promise<PageWords> {
  const main = page.mainFrame();
  const [own, ...framed] = await Promise.all([
    runInFrame(main, { script: readWords, arg: null }, signal),
    ...readableFrames(page)
      .filter((frame) => frame !== main)
      .map((frame) => readContentFrame(frame, signal)),
  ]);
  const inner = framed.filter((words) => words !== undefined);
  return {
    httpStatus: own.httpStatus,
    isLoading: own.isLoading,
    headings: [own, ...inner].flatMap(({ headings }) => headings),
    text: [own, ...inner].map(({ text }) => text).join("\n"),
  };
}

/** A child frame may vanish or hang at any time; the page goes on without it. */
async function readContentFrame(frame: Frame, signal: AbortSignal): Promise<PageWords | undefined> {
  const patience = new AbortController();
  try {
    const read = async (): Promise<PageWords | undefined> =>
      (await holdsContent(frame))
        ? runInFrame(frame, { script: readWords, arg: null }, signal)
        : undefined;
    const limit = delay(childFrameLimitMs, undefined, { signal: patience.signal });
    return await Promise.race([read(), limit]);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return undefined;
  } finally {
    patience.abort();
  }
}

async function holdsContent(frame: Frame): Promise<boolean> {
  const element = await frame.frameElement();
  return element.evaluate((box) => {
    if (!(box instanceof Element)) return false;
    const { width, height } = box.getBoundingClientRect();
    const isLarge = width >= innerWidth * 0.4 && height >= innerHeight * 0.25;
    return isLarge && box.checkVisibility({ visibilityProperty: true });
  });
}
