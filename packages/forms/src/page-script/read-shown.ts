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
  /** Whether it is on its way to look otherwise. */
  readonly isMoving: boolean;
}

/** Where the view of a frame shows controls, and where words. Changes nothing. */
export const readShown = pageScript<null, ShownFrame>(
  (kit) => {
    const mostWords = 20_000;
    const words = wordsInView(kit, mostWords);
    const fields = kit.findControls(kit).flatMap((members) => boxesOf(kit, members));
    const others = kit.deepQuery(document, paintedSelector());
    return {
      controls: [
        ...fields,
        ...others.filter((element) => isPainted(kit, element)).map((element) => boxOf(element)),
      ].filter((box) => isInView(box)),
      words,
      isPartial: words.length >= mostWords,
      isMoving: isMoving(kit),
    };
  },
  [
    paintedSelector,
    isPainted,
    boxesOf,
    rowOf,
    aroundAll,
    nearBox,
    railOf,
    boxOf,
    isInView,
    isMoving,
    wordsInView,
  ],
);

/** What is looked at by itself: controls that stand for no field, states, and what is painted by a script. */
function paintedSelector(): string {
  const skipped = ["hidden", "submit", "reset", "button", "image"];
  const input = `input${skipped.map((type) => `:not([type=${type} i])`).join("")}`;
  const states = ["selected", "checked", "pressed", "current", "valuenow", "valuetext"];
  const marked = states.map((name) => `[aria-${name}]:not([role=tab], a, nav *)`).join(", ");
  return `${input}, select, textarea, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=option], [role=menuitemradio], [role=menuitemcheckbox], [role=treeitem], [role=gridcell], ${marked}, canvas, video, embed, object, meter, progress, img[src^="blob:"], img[src^="data:"]`;
}

/** Not what is kept for screen readers alone, nor what lies unseen over the box that is drawn for it. */
function isPainted(kit: PageKit, element: Element): boolean {
  const how = kit.hiddenHow(element);
  if (how === "none" || how === "tiny" || how === "offscreen") return false;
  const isChoice = element.matches("input[type=radio i], input[type=checkbox i]");
  return !isChoice || how !== "transparent";
}

/** What together shows a field's state, whatever that is. */
function boxesOf(kit: PageKit, members: readonly Element[]): Box[] {
  const [first] = members;
  if (first === undefined) return [];
  const kind = kit.kindOf(members);
  // One that is no line of text draws what it holds inside itself, and is as wide as that.
  if (kind === "combobox" && !first.matches("input")) return [rowOf(first)];
  if (kind === "combobox") return [boxOf(kit.comboboxBox(first) ?? first), boxOf(first)];
  if (/^(radio-group|checkbox-group|button-group)$/u.test(kind)) {
    const single = kit.choiceMembers(members);
    // What is chosen may be told by its whole row: its label, its frame, the room it takes.
    const rows = single.flatMap((member) => [
      nearBox(member),
      ...kit.labelsOf(member),
      ...[member.closest("label")].filter((label) => label !== null),
    ]);
    return single.length < 2 ? single.map((member) => boxOf(nearBox(member))) : [aroundAll(rows)];
  }
  if (kind === "checkbox") return [boxOf(nearBox(first))];
  if (first.matches("[role=slider], input[type=range i]")) {
    // At either end the thumb stands out of its line, it may be higher, and it throws a shadow.
    const shadow = 8;
    const [rail, thumb] = [boxOf(railOf(first)), boxOf(first)];
    const [y, bottom] = [
      Math.min(rail.y, thumb.y) - shadow,
      Math.max(rail.y + rail.height, thumb.y + thumb.height) + shadow,
    ];
    const width = rail.width + thumb.width * 2;
    return [{ x: rail.x - thumb.width, y, width, height: bottom - y }];
  }
  return members.filter((member) => isPainted(kit, member)).map((member) => boxOf(member));
}

/** From where it begins to the end of the line it stands in. */
function rowOf(element: Element): Box {
  const box = boxOf(element);
  let around = element.parentElement;
  while (around !== null && getComputedStyle(around).display.startsWith("inline")) {
    around = around.parentElement;
  }
  const end = around?.getBoundingClientRect().right ?? 0;
  return { ...box, width: Math.max(box.width, end - box.x) };
}

function aroundAll(elements: readonly Element[]): Box {
  const boxes = elements
    .map((element) => element.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0);
  const x = Math.min(...boxes.map(({ left }) => left));
  const y = Math.min(...boxes.map(({ top }) => top));
  const right = Math.max(...boxes.map((box) => box.right));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  return boxes.length === 0
    ? { x: 0, y: 0, width: 0, height: 0 }
    : { x, y, width: right - x, height: bottom - y };
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

/** The line that a thumb slides on, as the place of the thumb is the value: what around it says no words. */
function railOf(thumb: Element): Element {
  let rail = thumb;
  for (let node = thumb.parentElement, depth = 0; node !== null && depth < 5; depth += 1) {
    const says = (node.textContent ?? "").replace(/[\d\s.,%+-]/gu, "");
    if (says !== "" || node.getBoundingClientRect().height > 90) break;
    rail = node;
    node = node.parentElement;
  }
  return rail;
}

function boxOf(element: Element): Box {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}

function isInView({ x, y, width, height }: Box): boolean {
  const isOutside = x + width <= 0 || y + height <= 0 || x >= innerWidth || y >= innerHeight;
  return width > 0 && height > 0 && !isOutside;
}

/** Something is on its way from one look to another; what turns for ever does not count. */
function isMoving(kit: PageKit): boolean {
  return kit.rootsIn(document).some((root) => {
    const own = root instanceof Document || root instanceof ShadowRoot ? root.getAnimations() : [];
    return own.some((one) => {
      const end = Number(one.effect?.getComputedTiming().endTime ?? 0);
      return one.playState === "running" && Number.isFinite(end);
    });
  });
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
      const places = boxes.map(({ x, y, width, height }) => ({ x, y, width, height }));
      if (places.length > 0) found.push({ text, boxes: places });
      if (found.length >= most) return found;
    }
  }
  return found;
}
