import type { ElementHandle, Frame } from "playwright";
import type { ComboboxState } from "../page-script/combobox-state.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import type { Traffic } from "../page-script/watch-traffic.ts";
import type { StateReader } from "./open-list.ts";
import { typingLimitMs, withoutSubmitting } from "./trusted-input.ts";

const actionTimeoutMs = 3_000;
const intervalMs = 15;
const searchTimeoutMs = 8_000;
/** How long a list must stay without a match before the search counts as over; remote lists come late. */
const settledMs = 1_500;
/** The same where nothing on the page says that a list is to come. */
const silentMs = 700;

export interface ListSearch {
  readonly frame: Frame;
  readonly input: ElementHandle<Element>;
  readonly read: StateReader;
  readonly traffic: Traffic;
  readonly query: string;
  readonly isTypable: boolean;
  readonly match: (state: ComboboxState | null) => string | undefined;
}

export interface SearchEnd {
  readonly option: string | undefined;
  readonly state: ComboboxState | null;
  /** What the search itself has chosen, as some do with their only hit. */
  readonly taken?: string;
}

/** Types into the control and waits until the list offers a match or has settled without one. */
export async function searchList(
  { frame, input, read, traffic, query, isTypable, match }: ListSearch,
  signal: AbortSignal,
): Promise<SearchEnd | undefined> {
  const field = isTypable ? input : await searchFieldOf(input);
  if (field === undefined) return undefined;
  await typeQuery({ input: field, query }, signal);
  let isToEnter = await searchesOnEnter(field);
  let hasEntered = false;
  let last = "";
  let since = performance.now();
  let hasAnswered = false;
  return pollUntil(
    async (): Promise<SearchEnd | undefined> => {
      const state = await read(signal);
      const option = match(state);
      if (option !== undefined) return { option, state };
      const taken = hasEntered ? await takenBy(field, state) : undefined;
      if (taken !== undefined) return { option: undefined, state, taken };
      const isBusy = state?.isLoading === true || !traffic.isQuiet();
      hasAnswered ||= isBusy || (state?.options.length ?? 0) > 0;
      const now = JSON.stringify(state?.options);
      if (now !== last || isBusy) {
        last = now;
        since = performance.now();
      }
      const isOver = performance.now() - since > (hasAnswered ? settledMs : silentMs);
      if (!isOver) return undefined;
      if (!isToEnter) return { option: undefined, state };
      isToEnter = false;
      hasEntered = true;
      await withoutSubmitting(frame, () =>
        field.press("Enter", { timeout: actionTimeoutMs, signal }),
      );
      since = performance.now();
      return undefined;
    },
    { timeoutMs: searchTimeoutMs, intervalMs, signal },
  );
}

/** A search line that is no combobox by its roles waits for Enter; in a combobox Enter takes what is marked. */
function searchesOnEnter(field: ElementHandle<Element>): Promise<boolean> {
  return field.evaluate(
    (element) =>
      element.matches("input:not([role=combobox], [aria-autocomplete], [aria-activedescendant])") &&
      (element.matches("[type=search], [placeholder^=search i]") ||
        // In whatever language its hint is, the code calls it so.
        (element instanceof HTMLElement &&
          Object.values(element.dataset).some((name) =>
            /^search-?(box|field|input|bar)$/iu.test(name ?? ""),
          ))),
  );
}

/** The search line was emptied and something stands as chosen. */
async function takenBy(
  field: ElementHandle<Element>,
  state: ComboboxState | null,
): Promise<string | undefined> {
  if ((await field.inputValue()) !== "") return undefined;
  return [state?.shown ?? []].flat()[0];
}

export async function typeQuery(
  { input, query }: { readonly input: ElementHandle<Element>; readonly query: string },
  signal: AbortSignal,
): Promise<void> {
  await emptySearch(input, signal);
  await input.type(query, { timeout: typingLimitMs(query), signal });
}

/** Erasing nothing would be a key press too, and many take a tag away on it. */
export async function emptySearch(
  input: ElementHandle<Element>,
  signal: AbortSignal,
): Promise<void> {
  const hasText = await input.evaluate((element) =>
    element instanceof HTMLInputElement
      ? !element.readOnly && element.value !== ""
      : element instanceof HTMLElement &&
        element.isContentEditable &&
        element.innerText.trim() !== "",
  );
  if (hasText) await input.fill("", { timeout: actionTimeoutMs, signal });
}

/** A button that opens a box with a search of its own: the field that has the focus then. */
async function searchFieldOf(
  input: ElementHandle<Element>,
): Promise<ElementHandle<Element> | undefined> {
  const handle = await input.evaluateHandle((element) => {
    const { activeElement } = document;
    const isField = activeElement instanceof HTMLInputElement && !activeElement.readOnly;
    const id = element.getAttribute("aria-controls") ?? element.getAttribute("aria-owns") ?? "";
    const popup = id === "" ? null : document.getElementById(id);
    const isOwn =
      isField &&
      (popup?.contains(activeElement) === true ||
        activeElement.matches("[role=combobox], [role=searchbox], [type=search]"));
    return isOwn ? activeElement : null;
  });
  return handle.asElement() ?? undefined;
}
