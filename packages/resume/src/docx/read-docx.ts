import { SaxesParser } from "saxes";
import { cleanText, withoutBullet } from "../layout/clean-text.ts";
import {
  type TextCell,
  type TextDocument,
  type TextLine,
  type TextLink,
  type TextPart,
  boxAround,
} from "../layout/text-document.ts";
import { refuse } from "../refusal.ts";
import { type RunStyle, type StyleSheet, readStyleSheet } from "./style-sheet.ts";
import { unpackDocx } from "./unpack-docx.ts";

interface Paragraph {
  /** One more for each tab. */
  readonly cells: TextPart[][];
  isListed: boolean;
  isHeading: boolean;
  /** Of a point from the left. */
  indent: number;
  style: RunStyle;
}

type Block = { readonly paragraph: Paragraph } | { readonly rows: readonly Block[][][] };

/** Longer documents are no résumés: some 50 pages. */
const mostParagraphs = 5_000;

/**
 * A DOCX's text in reading order: paragraphs, tables by their cells, text boxes where they are anchored,
 * and the page header, where people put their names, first.
 *
 * @throws ValetError `RESUME_UNREADABLE`.
 */
export function readDocx(bytes: Uint8Array): TextDocument {
  const parts = unpackDocx(bytes);
  const styles = readStyleSheet(parts.get("word/styles.xml") ?? "");
  const targets = readTargets(parts.get("word/_rels/document.xml.rels") ?? "");
  const links: { url: string; text: string }[] = [];
  const headers = [...parts].filter(([name]) => /^word\/header\d*\.xml$/u.test(name));
  const blocks = [
    ...headers.slice(0, 1).flatMap(([, xml]) => readBlocks(xml, styles, targets, links)),
    ...readBlocks(parts.get("word/document.xml") ?? "", styles, targets, links),
  ];
  const lines = toLines(blocks);
  return { lines, links: placeLinks(links, lines), unreadable: 0 };
}

function readTargets(xml: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  for (const [tag] of xml.matchAll(/<Relationship\b[^>]*>/gu)) {
    const id = /\bId\s*=\s*"([^"]*)"/u.exec(tag)?.[1];
    const target = /\bTarget\s*=\s*"([^"]*)"/u.exec(tag)?.[1];
    if (id !== undefined && target !== undefined && /\/hyperlink"/u.test(tag)) {
      targets.set(id, target.replaceAll("&amp;", "&"));
    }
  }
  return targets;
}

/** What a part of the document holds, in its order. */
function readBlocks(
  xml: string,
  styles: StyleSheet,
  targets: ReadonlyMap<string, string>,
  links: { url: string; text: string }[],
): readonly Block[] {
  const root: Block[] = [];
  const holders: Block[][] = [root];
  const tables: Block[][][][] = [];
  const paragraphs: Paragraph[] = [];
  const runs: RunStyle[] = [];
  let inText = false;
  let inRunProperties = false;
  let skipped = 0;
  let count = 0;
  let link: { url: string; text: string } | undefined;
  const parser = new SaxesParser();
  const last = <T>(list: readonly T[]): T | undefined => list.at(-1);
  const add = (text: string) => {
    const paragraph = last(paragraphs);
    if (paragraph === undefined) return;
    const style = last(runs) ?? paragraph.style;
    last(paragraph.cells)?.push({ text, style });
    if (link !== undefined) link.text += text;
  };
  parser.on("opentag", ({ name, attributes }) => {
    // The same once more, for older readers.
    if (name === "mc:Fallback" || skipped > 0) {
      skipped += 1;
      return;
    }
    const value = attributes["w:val"] ?? "";
    const isOn = !/^(?:0|false|none)$/u.test(value);
    const paragraph = last(paragraphs);
    switch (name) {
      case "w:tbl":
        tables.push([]);
        return;
      case "w:tr":
        last(tables)?.push([]);
        return;
      case "w:tc": {
        const cell: Block[] = [];
        last(last(tables) ?? [])?.push(cell);
        holders.push(cell);
        return;
      }
      case "w:p": {
        count += 1;
        if (count > mostParagraphs) throw refuse("too_long");
        const made: Paragraph = {
          cells: [[]],
          isListed: false,
          isHeading: false,
          indent: 0,
          style: styles.base,
        };
        paragraphs.push(made);
        last(holders)?.push({ paragraph: made });
        return;
      }
      case "w:pStyle":
        if (paragraph === undefined) return;
        paragraph.style = styles.runOf(value);
        paragraph.isHeading = styles.isHeading(value);
        paragraph.isListed ||= styles.isList(value);
        return;
      case "w:numPr":
        if (paragraph !== undefined) paragraph.isListed = true;
        return;
      case "w:ind":
        if (paragraph !== undefined) {
          paragraph.indent = Number(attributes["w:left"] ?? attributes["w:start"] ?? 0) / 20;
        }
        return;
      case "w:hyperlink": {
        const url = targets.get(attributes["r:id"] ?? "");
        if (url !== undefined) links.push((link = { url, text: "" }));
        return;
      }
      case "w:r":
        runs.push(paragraph?.style ?? styles.base);
        return;
      case "w:rPr":
        inRunProperties = runs.length > 0;
        return;
      case "w:t":
        inText = true;
        return;
      case "w:tab":
        // A tab stop of the paragraph's properties is none of its text.
        if (paragraph !== undefined && runs.length > 0) paragraph.cells.push([]);
        return;
      case "w:br":
      case "w:cr":
        add("\n");
        return;
      case "w:noBreakHyphen":
        add("-");
        return;
      default:
        if (inRunProperties) restyle(runs, { name, value, isOn, styles });
    }
  });
  parser.on("text", (text) => {
    if (inText && skipped === 0) add(text);
  });
  parser.on("closetag", ({ name }) => {
    if (skipped > 0) {
      skipped -= 1;
      return;
    }
    switch (name) {
      case "w:t":
        inText = false;
        return;
      case "w:rPr":
        inRunProperties = false;
        return;
      case "w:r":
        runs.pop();
        return;
      case "w:hyperlink":
        link = undefined;
        return;
      case "w:p":
        paragraphs.pop();
        return;
      case "w:tc":
        holders.pop();
        return;
      case "w:tbl": {
        const rows = tables.pop();
        if (rows !== undefined) last(holders)?.push({ rows });
      }
    }
  });
  try {
    parser.write(xml).close();
  } catch (cause) {
    throw cause instanceof Error && cause.name === "ValetError" ? cause : refuse("damaged", cause);
  }
  return root;
}

function restyle(
  runs: RunStyle[],
  property: {
    readonly name: string;
    readonly value: string;
    readonly isOn: boolean;
    readonly styles: StyleSheet;
  },
): void {
  const current = runs.at(-1);
  if (current === undefined) return;
  const { name, value, isOn, styles } = property;
  if (name === "w:b") runs[runs.length - 1] = { ...current, isBold: isOn };
  else if (name === "w:i") runs[runs.length - 1] = { ...current, isItalic: isOn };
  else if (name === "w:sz") runs[runs.length - 1] = { ...current, size: Number(value) / 2 };
  else if (name === "w:rStyle") runs[runs.length - 1] = styles.runOf(value, current);
}

function toLines(blocks: readonly Block[]): readonly TextLine[] {
  const lines: TextLine[] = [];
  const counter = { paragraph: 0 };
  for (const block of blocks) addBlock(block, lines, counter);
  return lines;
}

interface Counter {
  paragraph: number;
}

function addBlock(block: Block, lines: TextLine[], counter: Counter): void {
  if ("paragraph" in block) {
    counter.paragraph += 1;
    lines.push(...paragraphLines(block.paragraph, counter.paragraph, lines.length));
    return;
  }
  for (const row of block.rows) addRow(row, lines, counter);
}

/** Cells that hold texts are read one after the other; in short ones the first lines belong together. */
function addRow(row: readonly Block[][], lines: TextLine[], counter: Counter): void {
  const cells = row.map((cell) => {
    const own: TextLine[] = [];
    for (const block of cell) addBlock(block, own, counter);
    return own;
  });
  const filled = cells.filter((cell) => cell.length > 0);
  const areTexts = filled.filter((cell) => cell.length > 3).length > 1;
  if (filled.length < 2 || areTexts) {
    lines.push(...filled.flat());
    return;
  }
  const heads = filled.flatMap(([head]) => (head === undefined ? [] : [head]));
  const [first] = heads;
  if (first === undefined) return;
  const joined = heads.flatMap((head) => head.cells).map((cell, index) => shifted(cell, index));
  lines.push(
    { ...first, cells: joined, text: joined.map(({ text }) => text).join("  ") },
    ...filled.flatMap((cell) => cell.slice(1)),
  );
}

function shifted(cell: TextCell, index: number): TextCell {
  return { ...cell, box: { ...cell.box, left: cell.box.left + index * 100 } };
}

function paragraphLines(
  { cells, isListed, isHeading, indent }: Paragraph,
  paragraph: number,
  above: number,
): readonly TextLine[] {
  const rows = splitAtBreaks(cells);
  return rows.flatMap((row, index) => {
    const texts = row.flatMap((parts, column): TextCell[] => {
      const raw = parts.map((part) => part.text);
      const text = isSpaced(parts)
        ? raw.flatMap((one) => cleanText(one).trim() || []).join("  ")
        : cleanText(raw.join("")).trim();
      if (text === "") return [];
      const left = indent + column * 100;
      const box = {
        left,
        top: above + index,
        right: left + text.length * 5,
        bottom: above + index + 1,
      };
      return [{ text, parts: parts.map((part) => ({ ...part, text: cleanText(part.text) })), box }];
    });
    const [first, ...others] = texts;
    if (first === undefined) return [];
    const rest = withoutBullet(first.text);
    const own = [rest === undefined ? first : { ...first, text: rest }, ...others];
    return [
      {
        place: { paragraph },
        edge: Number.POSITIVE_INFINITY,
        cells: own,
        text: own.map(({ text }) => text).join("  "),
        box: boxAround(own.map(({ box }) => box)),
        isBullet: rest !== undefined || (isListed && !isHeading),
        // Paragraphs are whole: none goes on in the next one.
        gapAbove: 1,
        isMarkedHeading: isHeading,
      },
    ];
  });
}

/** Each word a run of its own with a run between them that is only a space: as words of a list are set. */
function isSpaced(parts: readonly TextPart[]): boolean {
  const words = parts.filter((_, index) => index % 2 === 0);
  const spaces = parts.filter((_, index) => index % 2 === 1);
  return (
    words.length >= 3 &&
    words.length === spaces.length + 1 &&
    spaces.every(({ text }) => text.trim() === "") &&
    words.every(({ text }) => text.trim() !== "" && !/[.,;:]$/u.test(text))
  );
}

function splitAtBreaks(cells: readonly TextPart[][]): readonly TextPart[][][] {
  const rows: TextPart[][][] = [[]];
  for (const parts of cells) {
    rows.at(-1)?.push([]);
    for (const { text, style } of parts) {
      for (const [index, piece] of text.split("\n").entries()) {
        if (index > 0) rows.push([[]]);
        if (piece !== "") rows.at(-1)?.at(-1)?.push({ text: piece, style });
      }
    }
  }
  return rows;
}

function placeLinks(
  links: readonly { readonly url: string; readonly text: string }[],
  lines: readonly TextLine[],
): readonly TextLink[] {
  return links.flatMap(({ url, text }) => {
    const shown = cleanText(text).trim();
    const line = lines.find((one) => shown !== "" && one.text.includes(shown));
    return line === undefined ? [] : [{ url, text: shown, place: line.place }];
  });
}
