import type { ElementHandle } from "playwright";
import { isoDay, parseDay } from "./date-text.ts";

const actionTimeoutMs = 3_000;

interface Segment {
  /** How many signs it takes. */
  readonly most: number;
  readonly hint: string;
}

/** What each of several inputs takes that together hold one value; empty for anything else. */
export function readSegments(control: ElementHandle<Element>): Promise<Segment[]> {
  return control.evaluate((element) => {
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return [];
    const inputs = [...element.querySelectorAll("input:not([type=hidden])")].filter(
      (input) => input instanceof HTMLInputElement,
    );
    if (inputs.length < 3) return [];
    return inputs.map((input) => ({
      most: input.maxLength > 0 ? input.maxLength : 1,
      hint: `${input.placeholder} ${input.getAttribute("aria-label") ?? ""}`.trim(),
    }));
  });
}

/** Types each part of the text into its own input; undefined when the text does not go into them exactly. */
export async function fillSegments(
  {
    control,
    segments,
    text,
  }: {
    readonly control: ElementHandle<Element>;
    readonly segments: readonly Segment[];
    readonly text: string;
  },
  signal: AbortSignal,
): Promise<string | undefined> {
  const parts = text === "" ? segments.map(() => "") : splitText(text, segments);
  if (parts === undefined) return undefined;
  const options = { timeout: actionTimeoutMs, signal };
  // From the end on: some move what stands behind an input forward when it is emptied.
  if (text === "") {
    for (const input of (await control.$$("input:not([type=hidden])")).toReversed()) {
      await input.fill("", options);
    }
  }
  for (const [index, part] of parts.entries()) {
    const inputs = await control.$$("input:not([type=hidden])");
    const input = inputs[index];
    if (input === undefined) return undefined;
    if ((await input.inputValue(options)) === part) continue;
    await input.focus();
    await input.fill("", options);
    // Typing may move on to the next input by itself; each part goes to its own all the same.
    if (part !== "") await input.type(part, options);
  }
  await control.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  return parts.join("");
}

/** A day by the hints of the inputs; else the bare signs, a country's calling code left out where it has no room. */
export function splitText(text: string, segments: readonly Segment[]): string[] | undefined {
  const day = parseDay(text);
  if (day !== undefined) return splitDay(isoDay(day), segments);
  const signs = text.replace(/[^\p{L}\p{N}]/gu, "");
  const room = segments.reduce((sum, { most }) => sum + most, 0);
  const surplus = signs.length - room;
  const hasCallingCode = text.trim().startsWith("+") && surplus > 0 && surplus <= 3;
  const fitting = hasCallingCode ? signs.slice(surplus) : signs;
  if (fitting.length !== room) return undefined;
  let at = 0;
  return segments.map(({ most }) => fitting.slice(at, (at += most)));
}

function splitDay(iso: string, segments: readonly Segment[]): string[] | undefined {
  const [year = "", month = "", day = ""] = iso.split("-");
  const parts = segments.map(({ hint, most }) => {
    if (/^(y|j|a|r)|year/iu.test(hint)) return most === 4 ? year : year.slice(-most);
    if (/^m|month/iu.test(hint)) return month;
    return /^(d|t|g)|day/iu.test(hint) ? day : undefined;
  });
  const known = parts.filter((part) => part !== undefined);
  return known.length === 3 && new Set(known).size === new Set([year, month, day]).size
    ? known
    : undefined;
}
