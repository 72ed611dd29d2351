import type { ElementHandle, Frame, Page } from "playwright";
import { findByScript, findElement, runInFrame } from "../page-script/page-script.ts";
import {
  comboboxOption,
  type ComboboxState,
  comboboxState,
} from "../page-script/combobox-state.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import { chooseOption } from "../plan/choose-option.ts";
import { findFrame } from "../read/readable-frames.ts";
import type { FillJob } from "./fill-report.ts";
import { isShownAs } from "./same-value.ts";

const actionTimeoutMs = 3_000;
const openTimeoutMs = 1_000;
/** Lists open and take a choice within a frame or two. */
const intervalMs = 15;
const searchTimeoutMs = 8_000;
/** How long a list must stay without a match before the search counts as over; remote lists come late. */
const settledMs = 1_500;

/** Opens the list, takes the option that says what is wanted, and makes sure the control shows it. */
export async function fillCombobox(page: Page, job: FillJob, signal: AbortSignal): Promise<void> {
  job.attempts += 1;
  job.problem = null;
  const frame = findFrame(page, job.field.frame);
  const input = frame && (await findElement(frame, job.field.selector, signal));
  if (frame === undefined || input === undefined) {
    job.problem = "missing";
    return;
  }
  const combobox = createCombobox({ frame, input, job });
  try {
    const state = await combobox.read(signal);
    const texts = typeof job.value === "boolean" ? [] : [job.value].flat();
    const choices = state?.isMulti === true ? texts.map((text) => [text]) : [texts];
    for (const wordings of choices) await combobox.choose(wordings, signal);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    job.problem = "not_reachable";
  } finally {
    if (!signal.aborted) await combobox.leave();
  }
}

interface Combobox {
  read: (signal: AbortSignal) => Promise<ComboboxState | null>;
  choose: (wordings: readonly string[], signal: AbortSignal) => Promise<void>;
  leave: () => Promise<void>;
}

function createCombobox({
  frame,
  input,
  job,
}: {
  readonly frame: Frame;
  readonly input: ElementHandle<Element>;
  readonly job: FillJob;
}): Combobox {
  const { selector, meaning } = job.field;
  const read = (signal: AbortSignal): Promise<ComboboxState | null> =>
    runInFrame(frame, { script: comboboxState, arg: selector }, signal);

  const match = (state: ComboboxState | null, wordings: readonly string[]): string | undefined => {
    for (const wanted of wordings) {
      const option = chooseOption({ options: state?.options ?? [], wanted, meaning });
      if (option !== undefined) return option;
    }
    return undefined;
  };

  const take = async (text: string, signal: AbortSignal): Promise<void> => {
    const option = await findByScript(
      frame,
      { script: comboboxOption, arg: { selector, text } },
      signal,
    );
    await option?.click({ timeout: actionTimeoutMs, signal });
    job.chosen = text;
    const taken = await pollUntil(
      async () => (isShownAs(text, (await read(signal))?.shown ?? null) ? true : undefined),
      { timeoutMs: openTimeoutMs, intervalMs, signal },
    );
    if (taken === undefined) job.problem = "value_changed";
  };

  const choose = async (wordings: readonly string[], signal: AbortSignal): Promise<void> => {
    const opened = await openList({ input, read }, signal);
    const offered = match(opened, wordings);
    if (offered !== undefined) return take(offered, signal);
    for (const query of searchWords(wordings, meaning)) {
      const found = await search(
        { input, read, query, match: (state) => match(state, wordings) },
        signal,
      );
      if (found !== undefined) return take(found, signal);
    }
    job.problem = "no_such_option";
  };

  const leave = async (): Promise<void> => {
    await input
      .evaluate((element) => {
        if (element instanceof HTMLElement) element.blur();
      })
      .catch(() => undefined);
  };

  return { read, choose, leave };
}

type Reader = (signal: AbortSignal) => Promise<ComboboxState | null>;

/** Arrow down opens a list by the ARIA pattern; a press on the control is what other widgets wait for. */
export async function openList(
  { input, read }: { readonly input: ElementHandle<Element>; readonly read: Reader },
  signal: AbortSignal,
): Promise<ComboboxState | null> {
  const isOpen = async (): Promise<ComboboxState | undefined> => {
    const state = await read(signal);
    if (state === null || state.isLoading) return undefined;
    return state.options.length > 0 || state.isExpanded ? state : undefined;
  };
  const options = { timeout: actionTimeoutMs, signal };
  const before = await read(signal);
  if (before?.isExpanded !== true) await input.press("ArrowDown", options);
  const opened = await pollUntil(isOpen, { timeoutMs: openTimeoutMs / 4, intervalMs, signal });
  if (opened !== undefined) return opened;
  const late = await read(signal);
  if (late?.isExpanded !== true) await input.click({ ...options, force: true });
  return (
    (await pollUntil(isOpen, { timeoutMs: openTimeoutMs, intervalMs, signal })) ?? read(signal)
  );
}

/** Types into the control and waits until the list offers a match or has settled without one. */
async function search(
  {
    input,
    read,
    query,
    match,
  }: {
    readonly input: ElementHandle<Element>;
    readonly read: Reader;
    readonly query: string;
    readonly match: (state: ComboboxState | null) => string | undefined;
  },
  signal: AbortSignal,
): Promise<string | undefined> {
  const isTypable = await input.evaluate(
    (element) => element instanceof HTMLInputElement && !element.readOnly,
  );
  if (!isTypable) return undefined;
  await input.fill("", { timeout: actionTimeoutMs, signal });
  await input.type(query, { timeout: actionTimeoutMs, signal });
  let last = "";
  let since = performance.now();
  const outcome = await pollUntil(
    async (): Promise<{ readonly option: string | undefined } | undefined> => {
      const state = await read(signal);
      const option = match(state);
      if (option !== undefined) return { option };
      const now = JSON.stringify([state?.options, state?.isLoading]);
      if (now !== last || state?.isLoading === true) {
        last = now;
        since = performance.now();
      }
      return performance.now() - since > settledMs ? { option: undefined } : undefined;
    },
    { timeoutMs: searchTimeoutMs, intervalMs, signal },
  );
  return outcome?.option;
}

/** What to type: names without a calling code, a place in full and then its city alone. */
function searchWords(wordings: readonly string[], meaning: FillJob["field"]["meaning"]): string[] {
  const words = wordings.map((text) =>
    meaning === "phone.countryCode" ? text.replace(/\s*\+\d+$/u, "") || text : text,
  );
  return [...new Set(words)].slice(0, 4);
}
