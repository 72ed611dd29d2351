import type { PageKit } from "./page-kit.ts";
import { pageScript } from "./page-script.ts";

/** How a page says at which of its steps it is. */
export interface StepMarks {
  /** For each visible list of steps with a current one: the names of the steps behind it. */
  readonly following: readonly (readonly string[])[];
  /** Short visible lines with two numbers in them, such as "Step 1 of 3". */
  readonly counts: readonly string[];
}

export const readStepMarks = pageScript<null, StepMarks>(
  (kit: PageKit) => {
    const current = kit
      .deepQuery(
        document,
        "[aria-current=step], ol *, ul *, nav *, [class*=step] *, [class*=progress] *",
      )
      .filter((element) => isCurrentStep(element) && kit.isShown(element));
    const lines = document.body.innerText.split("\n").map((line) => line.trim());
    return {
      following: current.map((element) => stepsBehind(kit, element)),
      counts: lines.filter((line) => line.length <= 60 && /\d+\D+\d+/u.test(line)).slice(0, 50),
    };
  },
  [isCurrentStep, stepsBehind],
);

/** By the attribute made for it, or by a class in a list that calls itself one of steps. */
function isCurrentStep(element: Element): boolean {
  if (element.getAttribute("aria-current") === "step") return true;
  const isMarked = /(^|[\s_-])(current|active)($|[\s_-])/iu.test(
    element.getAttribute("class") ?? "",
  );
  const list = element.parentElement?.getAttribute("class") ?? "";
  return isMarked && /step|progress|wizard/iu.test(list);
}

/** The mark may stand on the item itself or on what is in it. */
function stepsBehind(kit: PageKit, mark: Element): string[] {
  let item = mark;
  for (let depth = 0; depth < 4; depth += 1) {
    const parent: Element | null = item.parentElement;
    if (parent === null) return [];
    const items = [...parent.children].filter((child) => child.localName === item.localName);
    if (items.length > 1) {
      return items
        .slice(items.indexOf(item) + 1)
        .map((one) => kit.textOf(one).replace(/\s+/gu, " ").trim())
        .filter((name) => name !== "");
    }
    item = parent;
  }
  return [];
}
