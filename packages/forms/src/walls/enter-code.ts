import { pollUntil } from "../page-script/poll-until.ts";
import type { ElementHandle, Frame, Page } from "playwright";

/** How many characters the code has that a page asks for; undefined where one field takes all of them. */
export async function findCodeLength(page: Page, signal: AbortSignal): Promise<number | undefined> {
  const inputs = await findCodeInputs(page, signal);
  return inputs.length > 1 ? inputs.length : undefined;
}

/**
 * Types the code that a site has sent to the person: into its one field, or a character into each box.
 * `no_place`: the page does not ask for one, or not for one of this length. Presses nothing.
 */
export async function enterCode(
  { page, code }: { readonly page: Page; readonly code: string },
  signal: AbortSignal,
): Promise<"entered" | "no_place"> {
  const count = (await findCodeInputs(page, signal)).length;
  if (count === 0 || (count > 1 && count !== code.length)) return "no_place";
  const parts = count === 1 ? [code] : code.split("");
  for (const [index, part] of parts.entries()) {
    const isHeld = await pollUntil(() => holdOrType(page, { index, part }, signal), {
      timeoutMs: typingLimitMs,
      signal,
    });
    if (isHeld === undefined) return "no_place";
  }
  return "entered";
}

interface CodePart {
  /** Which of the boxes. */
  readonly index: number;
  readonly part: string;
}

/**
 * Whether the box holds its part; where it does not yet, types it, which the next look sees. Such boxes are
 * drawn anew with each character, so they are looked for each time and may be gone in the middle.
 */
async function holdOrType(
  page: Page,
  { index, part }: CodePart,
  signal: AbortSignal,
): Promise<true | undefined> {
  const input = (await findCodeInputs(page, signal))[index];
  if (input === undefined) return undefined;
  try {
    const options = { timeout: keyLimitMs };
    if ((await input.inputValue(options)).toUpperCase() === part.toUpperCase()) return true;
    await input.fill("", options);
    await input.type(part, options);
  } catch {
    signal.throwIfAborted();
  }
  return undefined;
}

const typingLimitMs = 8_000;
const keyLimitMs = 2_000;

async function findCodeInputs(
  page: Page,
  signal: AbortSignal,
): Promise<ElementHandle<HTMLInputElement>[]> {
  for (const frame of page.frames()) {
    signal.throwIfAborted();
    const found = await inputsIn(frame).catch(() => []);
    if (found.length > 0) return found;
  }
  return [];
}

async function inputsIn(frame: Frame): Promise<ElementHandle<HTMLInputElement>[]> {
  const list = await frame.evaluateHandle(codeInputs);
  const found: ElementHandle<HTMLInputElement>[] = [];
  for (const property of (await list.getProperties()).values()) {
    const element = property.asElement();
    // The page's own function returns inputs alone.
    if (element !== null) found.push(element as ElementHandle<HTMLInputElement>);
  }
  return found;
}

/** Runs in the page: the boxes of one character that stand together, or else the one field for a code. */
function codeInputs(): HTMLInputElement[] {
  const fewestBoxes = 4;
  const ofCode =
    /\b(one[- ]?time|otp|verification|security|confirmation|access|e-?mail(ed)?)[ _-]*(code|pin|passcode)\b|^(code|otp|pin)$|code (we|that we) sent/iu;
  const ofOther = /zip|postal|post code|country|dial|area|promo|coupon|voucher|referral/iu;
  const inputs = [...document.querySelectorAll("input")].filter(
    (input) =>
      /^(text|tel|number|)$/u.test(input.getAttribute("type") ?? "") &&
      !input.disabled &&
      !input.readOnly &&
      input.checkVisibility({ visibilityProperty: true }),
  );
  const places = new Set(
    inputs.map((input) => input.closest("fieldset") ?? input.parentElement?.parentElement),
  );
  const groups = [...places]
    .map((place) => inputs.filter((input) => place?.contains(input) === true))
    .toSorted((one, other) => one.length - other.length);
  // The first box often takes more, so that a whole code can be put in.
  const boxes = groups.find(
    (group) =>
      group.length >= fewestBoxes &&
      group.every(({ maxLength }, at) => maxLength === 1 || at === 0),
  );
  if (boxes !== undefined) return boxes;
  const wordsOf = (input: HTMLInputElement): string[] => [
    input.name,
    input.id,
    input.placeholder,
    input.getAttribute("aria-label") ?? "",
    ...[...(input.labels ?? [])].map((label) => label.textContent.trim()),
  ];
  const only = inputs.filter((input) => {
    const words = wordsOf(input);
    if (input.autocomplete === "one-time-code") return true;
    return words.some((word) => ofCode.test(word)) && !words.some((word) => ofOther.test(word));
  });
  return only.slice(0, 1);
}
