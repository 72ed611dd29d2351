import type { FieldValue, FormField, Recipe, RecipeStep } from "@valet/contracts";
import type { ElementHandle, Frame, Page } from "playwright";
import { readHeldValues } from "../fill/read-held-values.ts";
import { isSameValue, isShownAs } from "../fill/same-value.ts";
import { clickAsPerson, typingLimitMs } from "../fill/trusted-input.ts";
import { findByScript, findElement, runInFrame } from "../page-script/page-script.ts";
import {
  type JudgedTarget,
  type TargetToJudge,
  forgetShown,
  judgeTarget,
  listEntry,
  rememberShown,
} from "../page-script/judge-target.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import { chooseOption } from "../plan/choose-option.ts";
import { buttonRole } from "../read/button-words.ts";
import type { FormPage } from "../read/form-page.ts";
import { findFrame } from "../read/readable-frames.ts";
import { findPointedFrame } from "./find-pointed-frame.ts";
import type { ActionRefusal, SmallAction } from "./small-action.ts";

/** A widget takes a value, or opens, within this. */
const settlingMs = 1_500;
/** What a press alone sets is set sooner. */
const pressedMs = 500;
const actionTimeoutMs = 3_000;

export interface FieldInHand {
  readonly page: Page;
  readonly form: FormPage;
  readonly field: FormField;
  readonly value: FieldValue;
}

/** Valet's hand at one field: it does what others point at, if the rules let it, and looks for itself. */
export interface Hand {
  /** Null when it was done; nothing was touched otherwise, `not_done` aside. */
  readonly carryOut: (action: SmallAction, signal: AbortSignal) => Promise<ActionRefusal | null>;
  /** Whether the page holds the value, waited for as long as a widget may take. */
  readonly holds: (signal: AbortSignal) => Promise<boolean>;
  /** Does again what once worked. The same rules hold. False as soon as a step is refused. */
  readonly replay: (recipe: Recipe, signal: AbortSignal) => Promise<boolean>;
  /** The text of the entry that was taken for the value; null before. */
  readonly picked: () => string | null;
  /** What was done so far. */
  readonly done: () => readonly RecipeStep[];
  /** Closes what was left open. */
  readonly close: (signal: AbortSignal) => Promise<void>;
}

/**
 * Takes a field in hand. Each action is judged in the page right before it is done: it must be shown and on
 * top, in the field's frame, part of the field or of what was opened for it, and no button that sends, no
 * link and no other field. The value is put in here; of a list only the entry that says it is pressed.
 */
export async function takeInHand(
  input: FieldInHand,
  signal: AbortSignal,
): Promise<Hand | undefined> {
  const frame = findFrame(input.page, input.field.frame);
  if (frame === undefined) return undefined;
  await runInFrame(frame, { script: rememberShown, arg: input.field.selector }, signal);
  const hand = createHand(input, frame);
  return {
    ...hand,
    close: async (limit) => {
      await hand.close(limit);
      await runInFrame(frame, { script: forgetShown, arg: null }, limit).catch(() => undefined);
    },
  };
}

function createHand({ page, form, field, value }: FieldInHand, frame: Frame): Hand {
  const done: RecipeStep[] = [];
  let picked: string | null = null;
  const others = form.fields
    .filter(({ id, frame: address }) => id !== field.id && address === field.frame)
    .map(({ selector }) => selector);
  const texts = typeof value === "boolean" ? [] : [value].flat();

  const judge = async (
    target: Pick<TargetToJudge, "do" | "at">,
    signal: AbortSignal,
  ): Promise<JudgedTarget> => {
    const arg = { ...target, field: field.selector, others };
    const judged = await runInFrame(frame, { script: judgeTarget, arg }, signal);
    const isWayOn = judged.buttonText !== "" && buttonRole(judged.buttonText) !== "other";
    return judged.refused === null && isWayOn ? { ...judged, refused: "sends" } : judged;
  };

  const holds = async (signal: AbortSignal): Promise<boolean> => {
    const look = async (): Promise<true | undefined> => {
      const held = (await readHeldValues(page, [field], signal)).get(field.id);
      if (held?.found !== true) return undefined;
      const { dayOrder } = held;
      const isSame = isSameValue({ field, wanted: value, held: held.value, dayOrder });
      return isSame || (picked !== null && isShownAs(picked, held.value)) ? true : undefined;
    };
    const timeoutMs = done.at(-1)?.do === "click" ? pressedMs : settlingMs;
    return (await pollUntil(look, { timeoutMs, signal })) === true;
  };

  /** The one entry that says the value; null where the list does not have it. */
  const entryOf = ({ entries }: JudgedTarget): string | undefined => {
    const options = entries.filter((text) => text !== "");
    return texts
      .map((wanted) => chooseOption({ options, wanted, meaning: field.meaning }))
      .find((option) => option !== undefined);
  };

  const press = async (
    target: ElementHandle<Element> | undefined,
    signal: AbortSignal,
  ): Promise<ActionRefusal | null> => {
    if (target === undefined) return "not_there";
    await clickAsPerson(target, signal);
    return null;
  };

  const pick = async (judged: JudgedTarget, signal: AbortSignal): Promise<ActionRefusal | null> => {
    const text = entryOf(judged);
    const { list } = judged;
    if (text === undefined || list === null) return "not_the_value";
    const entry = await findByScript(frame, { script: listEntry, arg: { list, text } }, signal);
    const refused = await press(entry, signal);
    if (refused !== null) return refused;
    picked = text;
    done.push({ do: "pick", at: list });
    return null;
  };

  const perform = async (
    action: TargetToJudge["do"],
    judged: JudgedTarget,
    signal: AbortSignal,
  ): Promise<ActionRefusal | null> => {
    if (judged.refused !== null) return judged.refused;
    if (action === "pick") return pick(judged, signal);
    const { selector } = judged;
    if (action === "type") {
      const line = await findElement(frame, selector, signal);
      const [text] = texts;
      if (line === undefined || text === undefined) return "not_there";
      await line.fill("", { timeout: actionTimeoutMs, signal });
      await line.type(text, { timeout: typingLimitMs(text), signal });
      done.push({ do: "type", at: selector });
      return null;
    }
    // One of several alike is an entry: pressed blindly it would set what nobody wants.
    const isOneOfList = judged.entries.length > 1 && !isSame(selector, judged.list);
    if (judged.isOpened || (isOneOfList && !isSame(selector, field.selector))) {
      return pick(judged, signal);
    }
    const refused = await press(await findElement(frame, selector, signal), signal);
    if (refused === null) done.push({ do: "click", at: selector });
    return refused;
  };

  const attempt = async (
    target: Pick<TargetToJudge, "do" | "at">,
    signal: AbortSignal,
  ): Promise<ActionRefusal | null> => {
    try {
      return await perform(target.do, await judge(target, signal), signal);
    } catch {
      signal.throwIfAborted();
      return "not_done";
    }
  };

  return {
    holds,
    picked: () => picked,
    done: () => [...done],
    carryOut: async (action, signal) => {
      const pointed = await findPointedFrame(page, action.at, signal);
      if (pointed === undefined) return "not_there";
      if (pointed.frame !== frame) return "other_frame";
      return attempt({ do: action.do, at: pointed.at }, signal);
    },
    replay: async (recipe, signal) => {
      for (const step of recipe) {
        const target = { do: step.do, at: { selector: step.at } };
        const refused = await pollUntil(
          async () => {
            const why = await attempt(target, signal);
            // What a step opens takes a moment to be there.
            return why === "not_there" || why === "not_shown" ? undefined : (why ?? "done");
          },
          { timeoutMs: settlingMs, signal },
        );
        if (refused !== "done") return false;
      }
      return holds(signal);
    },
    close: async (signal) => {
      signal.throwIfAborted();
      // No key: Escape closes dialogs too, and the form may stand in one.
      await frame.evaluate(leave).catch(() => undefined);
    },
  };
}

/** Runs in the page. */
function leave(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

function isSame(one: FormField["selector"], other: FormField["selector"] | null): boolean {
  return JSON.stringify([one].flat()) === JSON.stringify([other].flat());
}
