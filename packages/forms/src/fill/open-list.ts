import type { ElementHandle } from "playwright";
import type { ComboboxState } from "../page-script/combobox-state.ts";
import { pollUntil } from "../page-script/poll-until.ts";

const actionTimeoutMs = 3_000;
const keyTimeoutMs = 250;
const pressTimeoutMs = 1_000;
/** A control that can be typed into and shows no sign of a list waits for words. */
const typableTimeoutMs = 300;
/** Lists open within a frame or two. */
const intervalMs = 15;

export type StateReader = (signal: AbortSignal) => Promise<ComboboxState | null>;

export interface ListToOpen {
  readonly input: ElementHandle<Element>;
  readonly read: StateReader;
  /** What the last look at the control said. */
  readonly before: ComboboxState | null;
}

/** Arrow down opens a list by the ARIA pattern; a press on the control is what other widgets wait for. */
export async function openList(
  { input, read, before }: ListToOpen,
  signal: AbortSignal,
): Promise<ComboboxState | null> {
  let last = before;
  const hasOptions = async (): Promise<ComboboxState | undefined> => {
    last = await read(signal);
    return last === null || last.isLoading || last.options.length === 0 ? undefined : last;
  };
  const options = { timeout: actionTimeoutMs, signal };
  if (before?.isExpanded !== true) await input.press("ArrowDown", options);
  const opened = await pollUntil(hasOptions, { timeoutMs: keyTimeoutMs, intervalMs, signal });
  if (opened !== undefined) return opened;
  // What is open and stays empty waits to be searched.
  const isOpen = last?.isExpanded === true;
  if (!isOpen) await input.click({ ...options, force: true });
  const isWaiting = last?.isTypable === true && !last.isLoading;
  const timeoutMs = isWaiting ? typableTimeoutMs : isOpen ? pressTimeoutMs / 2 : pressTimeoutMs;
  return (await pollUntil(hasOptions, { timeoutMs, intervalMs, signal })) ?? last;
}
