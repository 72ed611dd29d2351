import type { Page } from "playwright";
import { type Holdings, readHoldings as readFrameHoldings } from "../page-script/read-holdings.ts";
import { inEveryFrame } from "./in-every-frame.ts";

/**
 * What the whole page holds: every frame, closed shadow roots too. It is meant for taking it out of what others
 * see, so it holds too much rather than too little.
 *
 * @throws when a frame does not say what it holds: then nobody knows.
 */
export async function readHoldings(page: Page, signal: AbortSignal): Promise<Holdings> {
  const frames = await inEveryFrame(page, { script: readFrameHoldings, arg: null }, signal);
  return {
    texts: frames.flatMap(({ result }) => result.texts),
    choices: frames.flatMap(({ result }) => result.choices),
  };
}
