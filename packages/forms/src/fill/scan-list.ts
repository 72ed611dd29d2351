import type { FormField } from "@valet/contracts";
import type { Frame } from "playwright";
import { scrollList } from "../page-script/combobox-state.ts";
import { runInFrame } from "../page-script/page-script.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import type { StateReader } from "./open-list.ts";

const intervalMs = 15;
/** A list draws what came into view within a frame or two. */
const drawnMs = 150;
/** At its end a list may still load more. */
const moreMs = 600;
const mostViews = 400;
const limitMs = 12_000;

export interface ListToScan {
  readonly frame: Frame;
  readonly selector: FormField["selector"];
  readonly read: StateReader;
}

/** Scrolls an open list from its start and collects all it offers. */
export async function scanList(scan: ListToScan, signal: AbortSignal): Promise<string[]> {
  const found = new Set<string>();
  await eachView(
    scan,
    (options) => {
      for (const option of options) found.add(option);
      return false;
    },
    signal,
  );
  return [...found];
}

/** Scrolls until the option is drawn; false when the list ends without it. */
export async function showOption(
  scan: ListToScan,
  text: string,
  signal: AbortSignal,
): Promise<boolean> {
  return eachView(scan, (options) => options.includes(text), signal);
}

/** Shows a list view by view until `isFound` says so; false at its end. */
async function eachView(
  { frame, selector, read }: ListToScan,
  isFound: (options: readonly string[]) => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const scroll = (toStart: boolean): Promise<boolean> =>
    runInFrame(frame, { script: scrollList, arg: { selector, toStart } }, signal);
  const optionsNow = async (): Promise<string[]> => (await read(signal))?.options ?? [];
  const changed = async (before: string, timeoutMs: number): Promise<string[] | undefined> =>
    pollUntil(
      async () => {
        const now = await optionsNow();
        return now.join("\n") === before ? undefined : now;
      },
      { timeoutMs, intervalMs, signal },
    );
  const deadline = performance.now() + limitMs;
  let view = await optionsNow();
  if (await scroll(true)) view = (await changed(view.join("\n"), drawnMs)) ?? view;
  for (let views = 0; views < mostViews && performance.now() < deadline; views += 1) {
    if (isFound(view)) return true;
    const hasMoved = await scroll(false);
    const next = await changed(view.join("\n"), hasMoved ? drawnMs : moreMs);
    if (next === undefined && !hasMoved) return false;
    view = next ?? view;
  }
  return false;
}
