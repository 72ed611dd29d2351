import type { FormField } from "@valet/contracts";
import type { ElementHandle, Frame } from "playwright";
import { comboboxOption, type ComboboxState } from "../page-script/combobox-state.ts";
import { findByScript, pageScript } from "../page-script/page-script.ts";
import { chooseOption, fold } from "../plan/choose-option.ts";
import { openList } from "./open-list.ts";
import { clickAsPerson } from "./trusted-input.ts";

interface ClearInput {
  readonly frame: Frame;
  readonly input: ElementHandle<Element>;
  readonly selector: FormField["selector"];
  /** Chosen texts that stay. */
  readonly keep: readonly string[];
  readonly read: (signal: AbortSignal) => Promise<ComboboxState | null>;
}

const actionTimeoutMs = 2_000;
const maxTags = 50;

/** Takes away what is chosen and not to be kept; false where the widget has no way to do so. */
export async function clearCombobox(clear: ClearInput, signal: AbortSignal): Promise<boolean> {
  const surplus = async (): Promise<string[]> => {
    const shown = [(await clear.read(signal))?.shown ?? []].flat();
    return shown.filter((text) => text !== "" && !clear.keep.some((kept) => isSame(kept, text)));
  };
  const ways = [removeTag, pressClear, eraseText, chooseNothing];
  for (const way of ways) {
    for (let round = 0; round < maxTags; round += 1) {
      const before = await surplus();
      const [text] = before;
      if (text === undefined) return true;
      await way({ ...clear, text }, signal);
      // A way that changed nothing will not do so the next time.
      if ((await surplus()).length === before.length) break;
    }
  }
  return (await surplus()).length === 0;
}

function isSame(kept: string, text: string): boolean {
  return (
    fold(kept) === fold(text) ||
    chooseOption({ options: [text], wanted: kept, meaning: "question" }) !== undefined
  );
}

type ClearOne = ClearInput & { readonly text: string };

/** The cross inside the tag. */
const tagCross = pageScript<
  { readonly selector: FormField["selector"]; readonly text: string },
  Element | null
>((kit, { selector, text }) => {
  const input = kit.resolveAll(selector)[0];
  const box = input === undefined ? null : kit.comboboxBox(input);
  const tag =
    box === null ? undefined : kit.chosenTags(box).find((one) => kit.widgetText(one) === text);
  if (tag === undefined) return null;
  const cross =
    "button, [role=button], [class*=remove i], [class*=delete i], [class*=close i], [aria-label*=remove i], svg";
  return (
    tag.querySelector(cross) ??
    (tag.nextElementSibling?.matches("[class*=remove i], [aria-label*=remove i]") === true
      ? tag.nextElementSibling
      : null)
  );
});

async function removeTag({ frame, selector, text }: ClearOne, signal: AbortSignal): Promise<void> {
  const cross = await findByScript(frame, { script: tagCross, arg: { selector, text } }, signal);
  if (cross !== undefined) await clickAsPerson(cross, signal);
}

/** The cross of the whole control. */
const clearCross = pageScript<FormField["selector"], Element | null>((kit, selector) => {
  const input = kit.resolveAll(selector)[0];
  const box = input === undefined ? null : kit.comboboxBox(input);
  const crosses =
    "[class*=clear i]:not(input, [class*=clearable i], [class*=clearfix i]), [aria-label*=clear i], [part~=clear-button]";
  return (
    [...(box?.querySelectorAll(crosses) ?? [])].find(
      (cross) => cross.checkVisibility() && cross.querySelector("input, [role=combobox]") === null,
    ) ?? null
  );
});

async function pressClear(clear: ClearOne, signal: AbortSignal): Promise<void> {
  if (clear.keep.length === 0) await pressCross(clear, signal);
}

/** Presses the cross that empties a control, where it has one. */
export async function pressCross(
  { frame, selector, input }: Pick<ClearInput, "frame" | "selector" | "input">,
  signal: AbortSignal,
): Promise<void> {
  // Some show their cross only under the pointer.
  await input.hover({ timeout: actionTimeoutMs, force: true, signal }).catch(() => undefined);
  const cross = await findByScript(frame, { script: clearCross, arg: selector }, signal);
  if (cross !== undefined) await clickAsPerson(cross, signal);
}

async function eraseText({ input, keep }: ClearOne, signal: AbortSignal): Promise<void> {
  const isTyped = await input.evaluate(
    (element) =>
      (element instanceof HTMLInputElement && !element.readOnly) ||
      (element instanceof HTMLElement && element.isContentEditable),
  );
  if (!isTyped || keep.length > 0) return;
  const options = { timeout: actionTimeoutMs, signal };
  await input.focus();
  const text = await input.evaluate((element) =>
    element instanceof HTMLInputElement ? element.value : (element.textContent ?? ""),
  );
  if (text === "") {
    await input.press("Backspace", options);
  } else {
    await input.fill("", options);
  }
  // Not by Tab, which takes the first row of some lists.
  await input.evaluate((element) => {
    if (element instanceof HTMLElement) element.blur();
  });
}

/** The row that stands for nothing. */
async function chooseNothing(
  { frame, input, selector, read, keep }: ClearOne,
  signal: AbortSignal,
): Promise<void> {
  if (keep.length > 0) return;
  const state = await openList({ input, read, before: await read(signal) }, signal);
  const text = state?.options.find((option) =>
    /^(none|\W*|[-–—\s]*(please )?(select|choose|pick)\b.*|no selection)$/iu.test(option),
  );
  if (text !== undefined) {
    const arg = { selector, text };
    const option = await findByScript(frame, { script: comboboxOption, arg }, signal);
    if (option !== undefined) await clickAsPerson(option, signal);
  }
  if ((await read(signal))?.isExpanded === true) {
    await input.press("Escape", { timeout: actionTimeoutMs, signal });
  }
}
