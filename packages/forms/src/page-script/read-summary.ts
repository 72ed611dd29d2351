import type { PageKit } from "./page-kit.ts";
import { pageScript } from "./page-script.ts";

export interface PageSummary {
  /** Everything visible, in words. */
  readonly text: string;
  /** For each label that was asked for, in order: what stands right after each place that shows it. */
  readonly shown: readonly (readonly string[])[];
}

/** What a page shows beside these labels, as pages do that list an application before it is sent. */
export const readSummary = pageScript<readonly string[], PageSummary>(
  (kit, labels) => {
    const wanted = labels.map((label) => plainWords(label));
    const shown: string[][] = wanted.map(() => []);
    for (const root of kit.rootsIn(document)) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const words = plainWords(node.nodeValue ?? "");
        if (words === "" || node.parentElement?.checkVisibility() !== true) continue;
        for (const [index, label] of wanted.entries()) {
          if (label === words) shown[index]?.push(textAfter(kit, node, words));
        }
      }
    }
    const roots = kit.rootsIn(document).filter((root) => root !== document);
    const inner = roots.flatMap((root) => [...root.children]);
    const boxes = [document.body, ...inner].filter((box) => box instanceof HTMLElement);
    const seen = boxes.filter((box) => box.localName !== "style" && box.checkVisibility());
    return { text: seen.map((box) => box.innerText).join("\n"), shown };
  },
  [plainWords, textAfter],
);

/** Without the marks that requests carry, such as a star or a colon. */
function plainWords(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}

/** The next words behind a label, in its box or beside it. */
function textAfter(kit: PageKit, label: Node, words: string): string {
  let node: Node = label;
  for (let depth = 0; depth < 5; depth += 1) {
    for (let next = node.nextSibling; next !== null; next = next.nextSibling) {
      const text = next instanceof Element || next instanceof Text ? kit.textOf(next) : "";
      if (plainWords(text) !== "") return text.trim();
    }
    const parent: Element | null = node.parentElement;
    if (parent === null || plainWords(parent.textContent ?? "") !== words) return "";
    node = parent;
  }
  return "";
}
