import type { PageKit } from "./page-kit.ts";
import { pageScript } from "./page-script.ts";

/** In CSS pixels of the frame's own view. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ShownFrame {
  /** Everything that shows what it holds, or whether it is chosen, set or not. */
  readonly controls: Box[];
  /** Every text in view, in the order of the document, and where its lines are drawn. */
  readonly words: { readonly text: string; readonly boxes: Box[] }[];
  /** Whether not all the texts were taken: a view of more than any screen shows. */
  readonly isPartial: boolean;
}

/** Where the view of a frame shows controls, and where words. Changes nothing. */
export const readShown = pageScript<null, ShownFrame>(
  (kit) => {
    const mostWords = 20_000;
    const words = wordsInView(kit, mostWords);
    const elements = new Set([
      ...kit.findControls(kit).flatMap((members) => coveredBy(kit, members)),
      ...kit.deepQuery(document, paintedSelector()),
    ]);
    return {
      controls: [...elements].flatMap((element) => boxesInView(element)),
      words,
      isPartial: words.length >= mostWords,
    };
  },
  [paintedSelector, coveredBy, nearBox, railOf, boxesInView, isInView, toBox, wordsInView],
);

/**
 * What is looked at by itself: bare controls that stand for no field, states, and what is painted by a script.
 */
function paintedSelector(): string {
  const skipped = ["hidden", "submit", "reset", "button", "image"];
  const input = `input${skipped.map((type) => `:not([type=${type} i])`).join("")}`;
  const states = ["selected", "checked", "pressed", "current", "valuenow", "valuetext"];
  const marked = states.map((name) => `[aria-${name}]:not([role=tab], a, nav *)`).join(", ");
  return `${input}, select, textarea, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=option], [role=menuitemradio], [role=menuitemcheckbox], [role=treeitem], [role=gridcell], ${marked}, canvas, video, embed, object, meter, progress, img[src^="blob:"], img[src^="data:"]`;
}

/** The elements whose boxes together show a field's state. */
function coveredBy(kit: PageKit, members: readonly Element[]): Element[] {
  const [first] = members;
  if (first === undefined) return [];
  const kind = kit.kindOf(members);
  // One that is no line of text draws what it holds inside itself.
  if (kind === "combobox" && !first.matches("input")) return [first];
  if (kind === "combobox") return [kit.comboboxBox(first) ?? first, first];
  if (/^(radio-group|checkbox-group|button-group|listbox)$/u.test(kind)) {
    const single = kit.choiceMembers(members);
    // What is chosen may be told by its whole row: its label, its frame, its background.
    return single.length < 2
      ? single.map((member) => nearBox(member))
      : single.flatMap((member) => [
          nearBox(member),
          ...kit.labelsOf(member),
          ...[member.closest("label")].filter((label) => label !== null),
        ]);
  }
  if (kind === "checkbox") return [nearBox(first)];
  if (first.matches("[role=slider]")) return [railOf(first)];
  return [...members];
}

/** A box is often drawn by what is around its input. */
function nearBox(member: Element): Element {
  let near = member;
  for (let node = member.parentElement, depth = 0; node !== null && depth < 3; depth += 1) {
    const { width, height } = node.getBoundingClientRect();
    if (width > 90 || height > 60) break;
    near = node;
    node = node.parentElement;
  }
  return near;
}

/** The line that a thumb slides on: where the thumb stands is the value. */
function railOf(thumb: Element): Element {
  const own = thumb.getBoundingClientRect().width;
  for (let node = thumb.parentElement, depth = 0; node !== null && depth < 4; depth += 1) {
    if (node.getBoundingClientRect().width > Math.max(60, own * 2)) return node;
    node = node.parentElement;
  }
  return thumb;
}

function boxesInView(element: Element): Box[] {
  // What hides its input paints something else in the same place.
  const box = element.getBoundingClientRect();
  return isInView(box) ? [toBox(box)] : [];
}

function isInView(box: DOMRect): boolean {
  const { width, height, right, bottom, left, top } = box;
  return (
    width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight
  );
}

function toBox({ x, y, width, height }: DOMRect): Box {
  return { x, y, width, height };
}

function wordsInView(kit: PageKit, most: number): ShownFrame["words"] {
  const found: ShownFrame["words"] = [];
  const range = document.createRange();
  for (const root of kit.rootsIn(document)) {
    const words = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
      const text = node.nodeValue ?? "";
      const parent = node.parentElement;
      if (text.trim() === "" || parent === null) continue;
      if (parent.matches("script, style, noscript, template")) continue;
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => isInView(box));
      if (boxes.length > 0) found.push({ text, boxes: boxes.map((box) => toBox(box)) });
      if (found.length >= most) return found;
    }
  }
  return found;
}
