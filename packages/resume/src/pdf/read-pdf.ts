import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";
import type { TextContent } from "pdfjs-dist/types/src/display/api.js";
import { cleanText, countUnreadable } from "../layout/clean-text.ts";
import type { Box, TextDocument, TextLine, TextLink, TextStyle } from "../layout/text-document.ts";
import { mostTextLength, refuse } from "../refusal.ts";
import { assertData, assertInert } from "./assert-inert.ts";
import { buildPageLines } from "./build-page-lines.ts";
import { dropRunningLines } from "./drop-running-lines.ts";
import { unseenDocument } from "./unseen-document.ts";

/** Longer ones are no résumés. */
const mostPages = 50;

/** A stretch of text as the file places it. */
export interface Run {
  readonly text: string;
  readonly box: Box;
  readonly baseline: number;
  readonly style: TextStyle;
}

/**
 * A PDF's text in reading order.
 *
 * @throws ValetError `RESUME_UNREADABLE` for what is no PDF, wants a password, or has too many pages.
 */
export async function readPdf(bytes: Uint8Array): Promise<TextDocument> {
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const loading = getDocument({
    // A copy, which it keeps, and no Buffer, which it does not take.
    data: new Uint8Array(bytes),
    disableFontFace: false,
    ownerDocument: unseenDocument,
    useSystemFonts: false,
    fontExtraProperties: true,
    // No picture is decoded: nobody looks at it.
    maxImageSize: 1,
    verbosity: 0,
  });
  try {
    const document = await loading.promise.catch((cause: unknown) => {
      const wantsPassword = cause instanceof Error && cause.name === "PasswordException";
      throw refuse(wantsPassword ? "password" : "damaged", cause);
    });
    if (document.numPages > mostPages) throw refuse("too_long");
    await assertInert(document);
    return await readPages(document);
  } finally {
    await loading.destroy();
  }
}

async function readPages(document: PDFDocumentProxy): Promise<TextDocument> {
  const pages: (readonly TextLine[])[] = [];
  const links: TextLink[] = [];
  let unreadable = 0;
  let length = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { runs, unreadable: unknown } = await readRuns(page);
    unreadable += unknown;
    // Before its lines are built, which takes long for more.
    length += runs.reduce((sum, { text }) => sum + text.length, 0);
    if (length > mostTextLength) throw refuse("too_long");
    pages.push(buildPageLines(runs, number));
    links.push(...(await readLinks(page, runs, number)));
    page.cleanup();
  }
  return { lines: dropRunningLines(pages), links, unreadable };
}

async function readRuns(
  page: PDFPageProxy,
): Promise<{ readonly runs: readonly Run[]; readonly unreadable: number }> {
  const { height } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  await learnFonts(page, items);
  const styles = new Map<string, Omit<TextStyle, "size">>();
  const styleOf = (font: string) => {
    const known = styles.get(font) ?? fontStyle(page, font);
    styles.set(font, known);
    return known;
  };
  let unreadable = 0;
  const runs = items.flatMap((item) => {
    if (!("str" in item)) return [];
    unreadable += countUnreadable(item.str);
    const [a = 0, b = 0, , , left = 0, y = 0] = item.transform;
    const text = cleanText(item.str);
    // What stands upright at an edge is no part of the text.
    if (text.trim() === "" || Math.abs(Number(b)) > Math.abs(Number(a))) return [];
    const baseline = height - Number(y);
    const size = item.height > 0 ? item.height : Math.abs(Number(a));
    const box = {
      left: Number(left),
      right: Number(left) + item.width,
      top: baseline - size * 0.8,
      bottom: baseline + size * 0.2,
    };
    return [{ text, box, baseline, style: { ...styleOf(item.fontName), size } }];
  });
  return { runs: withoutShadows(runs), unreadable };
}

/** A shadow, or type that was made bold, is the same text drawn again nearly in its place. */
function withoutShadows(runs: readonly Run[]): readonly Run[] {
  const drawn = new Map<string, Run[]>();
  return runs.filter((run) => {
    const alike = drawn.get(run.text) ?? [];
    // Letters that stand twice in a word may be drawn one by one.
    const near = 0.3 * Math.min(run.style.size, run.box.right - run.box.left);
    const isShadow = alike.some(
      ({ box, baseline }) =>
        Math.abs(box.left - run.box.left) < near && Math.abs(baseline - run.baseline) < near,
    );
    if (!isShadow) drawn.set(run.text, [...alike, run]);
    return !isShadow;
  });
}

/**
 * Only a page's drawing makes the names of its fonts known, which say what is bold. Later pages mostly have
 * the fonts of the first, and drawing takes nearly half of the time.
 */
async function learnFonts(page: PDFPageProxy, items: TextContent["items"]): Promise<void> {
  const isKnown = (item: TextContent["items"][number]) =>
    !("str" in item) || item.str.trim() === "" || page.commonObjs.has(item.fontName);
  if (!items.every(isKnown)) await page.getOperatorList();
}

function fontStyle(page: PDFPageProxy, font: string): Omit<TextStyle, "size"> {
  const name = fontName(page, font);
  return {
    font: name,
    isBold: /bold|black|heavy|semib|demi|medium/iu.test(name),
    isItalic: /italic|oblique/iu.test(name),
  };
}

function fontName(page: PDFPageProxy, font: string): string {
  if (!page.commonObjs.has(font)) return font;
  const known: unknown = page.commonObjs.get(font);
  const isNamed = typeof known === "object" && known !== null && "name" in known;
  return isNamed && typeof known.name === "string" ? known.name : font;
}

async function readLinks(
  page: PDFPageProxy,
  runs: readonly Run[],
  number: number,
): Promise<readonly TextLink[]> {
  const { height } = page.getViewport({ scale: 1 });
  const annotations = await page.getAnnotations();
  return annotations.flatMap((annotation) => {
    const { subtype, file, url, rect } = annotation;
    if (subtype === "FileAttachment") assertData(file);
    if (typeof url !== "string" || !Array.isArray(rect)) return [];
    const [left, bottom, right, top] = rect.map(Number);
    const covered = runs.filter(({ box, baseline }) => {
      const middle = (box.left + box.right) / 2;
      const isBeside = middle < Number(left) - 2 || middle > Number(right) + 2;
      return (
        !isBeside && baseline <= height - Number(bottom) + 2 && baseline >= height - Number(top)
      );
    });
    const text = covered.map((run) => run.text).join(" ");
    return [{ url, text: text.trim(), place: { page: number } }];
  });
}
