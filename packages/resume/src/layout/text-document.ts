/** How a stretch of text looks. Sizes are points. */
export interface TextStyle {
  /** As the file names it; two stretches with one name look alike. */
  readonly font: string;
  readonly size: number;
  readonly isBold: boolean;
  readonly isItalic: boolean;
}

/** Where text stands on its page, in points from the top left. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Text in one style. */
export interface TextPart {
  readonly text: string;
  readonly style: TextStyle;
}

/** Text that is read in one go; what stands far from it in the same line is another cell. */
export interface TextCell {
  readonly text: string;
  readonly parts: readonly TextPart[];
  readonly box: Box;
}

/** Where a line comes from: a page of a PDF, or a paragraph of a DOCX counted from 1. */
export type Place = { readonly page: number } | { readonly paragraph: number };

export interface TextLine {
  readonly place: Place;
  /** At least one. */
  readonly cells: readonly TextCell[];
  /** Of all cells, with two spaces between them. */
  readonly text: string;
  readonly box: Box;
  /** How far to the right lines of this column reach, in points. */
  readonly edge: number;
  /** It began with a bullet, which is no part of its text. */
  readonly isBullet: boolean;
  /** From the line above in the same column, in heights of a line; 0 for the first. */
  readonly gapAbove: number;
  /** The file itself says that it is a heading. */
  readonly isMarkedHeading: boolean;
}

/** A link of the file and the text that it lies over. */
export interface TextLink {
  readonly url: string;
  readonly text: string;
  readonly place: Place;
}

/** A document as people read it: lines in reading order. */
export interface TextDocument {
  readonly lines: readonly TextLine[];
  readonly links: readonly TextLink[];
  /** Letters that its fonts do not tell. */
  readonly unreadable: number;
}

export function boxAround(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/** The look that a line begins with. */
export function firstStyleOf(line: Pick<TextLine, "cells">): TextStyle {
  const parts = line.cells[0]?.parts.filter(({ text }) => /[\p{L}\d]/u.test(text));
  return parts?.[0]?.style ?? styleOf(line);
}

/** The look of most of a line. */
export function styleOf(line: Pick<TextLine, "cells">): TextStyle {
  const parts = line.cells.flatMap((cell) => cell.parts);
  const [longest] = parts.toSorted((one, other) => other.text.length - one.text.length);
  return longest?.style ?? { font: "", size: 0, isBold: false, isItalic: false };
}

/** The size of most of a text. */
export function commonSize(lines: readonly TextLine[]): number {
  const sizes = new Map<number, number>();
  for (const line of lines) {
    const size = Math.round(styleOf(line).size * 2) / 2;
    sizes.set(size, (sizes.get(size) ?? 0) + line.text.length);
  }
  return [...sizes].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? 0;
}
