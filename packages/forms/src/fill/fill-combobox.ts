import type { ElementHandle, Frame, Page } from "playwright";
import { findByScript, findElement, runInFrame } from "../page-script/page-script.ts";
import {
  comboboxOption,
  type ComboboxState,
  comboboxState,
} from "../page-script/combobox-state.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import { type Traffic, watchTraffic } from "../page-script/watch-traffic.ts";
import { chooseOption, fold, placesNotElsewhere } from "../plan/choose-option.ts";
import { findFrame } from "../read/readable-frames.ts";
import { clearCombobox } from "./clear-combobox.ts";
import type { FillJob } from "./fill-report.ts";
import { openList } from "./open-list.ts";
import { isShownAs } from "./same-value.ts";
import { scanList, showOption } from "./scan-list.ts";
import { emptySearch, searchList, typeQuery } from "./search-list.ts";
import { clickAsPerson, withoutSubmitting } from "./trusted-input.ts";

const actionTimeoutMs = 3_000;
const shownTimeoutMs = 1_000;
/** Lists take a choice within a frame or two. */
const intervalMs = 15;

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
  const traffic = watchTraffic(page);
  const combobox = createCombobox({ frame, input, job, traffic });
  try {
    await fillWith(combobox, job, signal);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    job.problem = "not_reachable";
  } finally {
    traffic.close();
    if (!signal.aborted) await combobox.leave(signal);
  }
}

async function fillWith(combobox: Combobox, job: FillJob, signal: AbortSignal): Promise<void> {
  const state = await combobox.read(signal);
  const texts = typeof job.value === "boolean" ? [] : [job.value].flat();
  if (texts.every((text) => text === "")) return combobox.clear([], signal);
  if (state?.isMulti === true) {
    await combobox.clear(texts, signal);
    const missing = texts.filter((text) => !isHeld(state, text));
    for (const text of missing) await combobox.choose([text], signal);
    return;
  }
  await combobox.choose(texts, signal);
  // An empty control may show only now that it takes several.
  const now = texts.length > 1 ? await combobox.read(signal) : null;
  if (now?.isMulti !== true || job.problem !== null) return;
  const rest = texts.filter((text) => !isHeld(now, text));
  for (const text of rest) await combobox.choose([text], signal);
}

function isHeld({ shown }: ComboboxState, text: string): boolean {
  return [shown ?? []].flat().some((held) => fold(held) === fold(text));
}

interface ComboboxDeps {
  readonly frame: Frame;
  readonly input: ElementHandle<Element>;
  readonly job: FillJob;
  readonly traffic: Traffic;
}

interface Combobox {
  read: (signal: AbortSignal) => Promise<ComboboxState | null>;
  choose: (wordings: readonly string[], signal: AbortSignal) => Promise<void>;
  /** Takes away what is chosen and not in `keep`. */
  clear: (keep: readonly string[], signal: AbortSignal) => Promise<void>;
  leave: (signal: AbortSignal) => Promise<void>;
}

function createCombobox({ frame, input, job, traffic }: ComboboxDeps): Combobox {
  const { selector, meaning } = job.field;
  let last: ComboboxState | null = null;
  let takesWords = false;
  const read = async (signal: AbortSignal): Promise<ComboboxState | null> => {
    last = await runInFrame(frame, { script: comboboxState, arg: selector }, signal);
    return last;
  };

  const match = (state: ComboboxState | null, wordings: readonly string[]): string | undefined => {
    const options = state?.options ?? [];
    // Of a list that is only partly drawn, the nearest option may be still to come.
    if (state?.isPartial === true) {
      return options.find((option) => wordings.some((wanted) => fold(option) === fold(wanted)));
    }
    return matchAll(options, { wordings, meaning });
  };

  const untilShown = (text: string, signal: AbortSignal): Promise<true | undefined> =>
    pollUntil(
      async () => (isShownAs(text, (await read(signal))?.shown ?? null) ? true : undefined),
      { timeoutMs: shownTimeoutMs, intervalMs, signal },
    );

  const take = async (
    { text, wordings }: { readonly text: string; readonly wordings: readonly string[] },
    signal: AbortSignal,
  ): Promise<void> => {
    const offered = last?.options ?? [];
    await press(text, signal);
    const isNew = wordings.some((wanted) => newOption([text], wanted) !== undefined);
    const chosen = isNew ? (wordings[0] ?? text) : text;
    job.chosen = chosen;
    if ((await untilShown(chosen, signal)) !== undefined) return;
    if (!(await takeBelow({ offered, wordings }, signal))) job.problem = "value_changed";
  };

  const press = async (text: string, signal: AbortSignal): Promise<void> => {
    const arg = { selector, text };
    const option = await findByScript(frame, { script: comboboxOption, arg }, signal);
    if (option !== undefined) await clickAsPerson(option, signal);
  };

  /** What was pressed may be a group: then its own options have come in its place. */
  const takeBelow = async (
    {
      offered,
      wordings,
    }: { readonly offered: readonly string[]; readonly wordings: readonly string[] },
    signal: AbortSignal,
  ): Promise<boolean> => {
    const below = (await read(signal))?.options ?? [];
    if (below.join("\n") === offered.join("\n")) return false;
    const inside = matchAll(below, { wordings, meaning });
    if (inside === undefined) return false;
    job.chosen = inside;
    await press(inside, signal);
    return (await untilShown(inside, signal)) !== undefined;
  };

  /** All of a list that draws only what is in view, or loads the rest when scrolled. */
  const takeFromAll = async (
    wordings: readonly string[],
    signal: AbortSignal,
  ): Promise<boolean> => {
    const scan = { frame, selector, read };
    const text = matchAll(await scanList(scan, signal), { wordings, meaning });
    if (text === undefined || !(await showOption(scan, text, signal))) return false;
    await take({ text, wordings }, signal);
    return true;
  };

  const choose = async (wordings: readonly string[], signal: AbortSignal): Promise<void> => {
    const [first] = wordings;
    if (takesWords && first !== undefined && (await enterText(first, signal))) return;
    const opened = await openList({ input, read, before: last }, signal);
    const offered = match(opened, wordings);
    if (offered !== undefined) return take({ text: offered, wordings }, signal);
    const isTypable = opened?.isTypable === true;
    let isOffering = (opened?.options.length ?? 0) > 0;
    let hasSearched = false;
    for (const query of searchWords(wordings, meaning)) {
      const search = { frame, input, read, traffic, query, isTypable };
      const matching = (state: ComboboxState | null) => match(state, wordings);
      const found = await searchList({ ...search, match: matching }, signal);
      if (found?.taken !== undefined) return keepTaken(found.taken, { wordings, signal });
      if (found?.option !== undefined) return take({ text: found.option, wordings }, signal);
      hasSearched ||= found !== undefined;
      isOffering ||= (found?.state?.options.length ?? 0) > 0;
      if (found?.state?.isPartial === true && (await takeFromAll(wordings, signal))) return;
    }
    if (!hasSearched && isOffering && (await takeFromAll(wordings, signal))) return;
    // A control that offers nothing at all takes words; whether it kept them is read back.
    if (!isOffering && isTypable && first !== undefined && (await enterText(first, signal))) {
      takesWords = true;
      return;
    }
    job.problem = isOffering || hasSearched ? "no_such_option" : "shows_no_options";
    await emptySearch(input, signal);
  };

  /** The only hit of a search may be something else than what was looked for. */
  const keepTaken = async (
    taken: string,
    { wordings, signal }: { readonly wordings: readonly string[]; readonly signal: AbortSignal },
  ): Promise<void> => {
    job.chosen = matchAll([taken], { wordings, meaning }) ?? null;
    if (job.chosen !== null) return;
    job.problem = "no_such_option";
    await clear([], signal);
  };

  const enterText = async (text: string, signal: AbortSignal): Promise<boolean> => {
    await typeQuery({ input, query: text }, signal);
    // What is merely typed counts for nothing in many widgets until Enter takes it.
    await withoutSubmitting(frame, () =>
      input.press("Enter", { timeout: actionTimeoutMs, signal }),
    );
    job.chosen = text;
    return (await untilShown(text, signal)) !== undefined;
  };

  const clear = async (keep: readonly string[], signal: AbortSignal): Promise<void> => {
    const isClear = await clearCombobox({ frame, input, selector, keep, read }, signal);
    if (!isClear) job.problem = "not_clearable";
  };

  const leave = async (signal: AbortSignal): Promise<void> => {
    try {
      if (last?.isExpanded === true) {
        await input.press("Escape", { timeout: actionTimeoutMs, signal });
      }
      await input.evaluate((element) => {
        if (element instanceof HTMLElement) element.blur();
      });
    } catch {
      signal.throwIfAborted();
    }
  };

  return { read, choose, clear, leave };
}

function matchAll(
  options: readonly string[],
  {
    wordings,
    meaning,
  }: { readonly wordings: readonly string[]; readonly meaning: FillJob["field"]["meaning"] },
): string | undefined {
  // A wording that names the city alone must not lead to another city of that name.
  const isPlace = meaning === "location" || meaning === "address.city";
  const offered = isPlace ? placesNotElsewhere(options, wordings[0] ?? "") : options;
  for (const wanted of wordings) {
    const option = chooseOption({ options: offered, wanted, meaning });
    if (option !== undefined) return option;
    const created = newOption(options, wanted);
    if (created !== undefined) return created;
  }
  return undefined;
}

/** "Create “Welding”" and the like: the list's own way to take a word that is not on it. */
function newOption(options: readonly string[], wanted: string): string | undefined {
  return options.find((option) => {
    const found =
      /^(?:create|add|new|use)\b(?:\s+(?:option|tag|new))?:?\s+["“'‘]?(.+?)["”'’]?$/iu.exec(option);
    return found?.[1] !== undefined && fold(found[1]) === fold(wanted);
  });
}

/** What to type: names without a calling code, a place in full and then its city alone. */
function searchWords(wordings: readonly string[], meaning: FillJob["field"]["meaning"]): string[] {
  const words = wordings.map((text) =>
    meaning === "phone.countryCode" ? text.replace(/\s*\+\d+$/u, "") || text : text,
  );
  return [...new Set(words)].slice(0, 4);
}
