import { PDFDocument, type PDFFont, StandardFonts } from "pdf-lib";

interface Look {
  readonly size?: number;
  readonly isBold?: boolean;
  readonly isItalic?: boolean;
  /** Further down than usual, in points. */
  readonly gap?: number;
  /** Further to the right than the column, in points. */
  readonly shift?: number;
}

interface Drawn extends Look {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly page: number;
}

interface Fonts {
  readonly plain: PDFFont;
  readonly bold: PDFFont;
  readonly italic: PDFFont;
}

const [pageWidth, pageHeight] = [595, 842];
const usualSize = 10;

/** Sheets of A4 that several pens write on. Tests only. */
export interface Sheets {
  readonly pen: (place: { readonly x: number; readonly y: number; readonly width: number }) => Pen;
  readonly pages: () => number;
  /** The document with all that was written. */
  readonly print: () => Promise<Uint8Array>;
}

/** Writes down a column of its own. Places are points from the top left. */
export interface Pen {
  readonly at: () => { readonly y: number; readonly page: number };
  /** Goes on at the next page when the column is full. */
  readonly turn: (fullAt?: number) => void;
  readonly line: (text: string, look?: Look) => void;
  /** At the right edge of the line just written. */
  readonly right: (text: string, look?: Look) => void;
  /** In the line just written, or the next one, at this place of the page. */
  readonly beside: (text: string, x: number, look?: Look) => void;
  /** Over as many lines as it takes. */
  readonly wrap: (text: string, look?: Look) => void;
  readonly bullet: (text: string) => void;
  readonly heading: (text: string, look?: Look) => void;
  readonly moveTo: (y: number) => void;
}

export async function openSheets(): Promise<Sheets> {
  const document = await PDFDocument.create();
  const fonts: Fonts = {
    plain: await document.embedFont(StandardFonts.Helvetica),
    bold: await document.embedFont(StandardFonts.HelveticaBold),
    italic: await document.embedFont(StandardFonts.HelveticaOblique),
  };
  const drawn: Drawn[] = [];
  const pages = () => Math.max(1, ...drawn.map(({ page }) => page));
  return {
    pages,
    pen: (place) => createPen(fonts, drawn, place),
    async print() {
      const sheets = Array.from({ length: pages() }, () =>
        document.addPage([pageWidth, pageHeight]),
      );
      for (const { text, x, y, page, size = usualSize, ...look } of drawn) {
        sheets[page - 1]?.drawText(text, { x, y: pageHeight - y, size, font: fontOf(fonts, look) });
      }
      return document.save();
    },
  };
}

function fontOf(fonts: Fonts, { isBold, isItalic }: Look): PDFFont {
  if (isBold === true) return fonts.bold;
  return isItalic === true ? fonts.italic : fonts.plain;
}

function createPen(
  fonts: Fonts,
  drawn: Drawn[],
  { x, y: top, width }: { readonly x: number; readonly y: number; readonly width: number },
): Pen {
  let y = top;
  let page = 1;
  const put = (text: string, left: number, look: Look) =>
    void drawn.push({ ...look, text, x: left, y, page });
  const widthOf = (text: string, look: Look) =>
    fontOf(fonts, look).widthOfTextAtSize(text, look.size ?? usualSize);
  const down = ({ size = usualSize, gap = 0 }: Look) => void (y += size * 1.45 + gap);
  const line = (text: string, look: Look = {}) => {
    down(look);
    put(text, x + (look.shift ?? 0), look);
  };
  const rows = (text: string, room: number, look: Look): readonly string[] => {
    const found = [""];
    for (const word of text.split(" ")) {
      const last = found.at(-1) ?? "";
      const longer = last === "" ? word : `${last} ${word}`;
      if (widthOf(longer, look) > room) found.push(word);
      else found[found.length - 1] = longer;
    }
    return found;
  };
  return {
    at: () => ({ y, page }),
    moveTo: (next) => void (y = next),
    turn(fullAt = 780) {
      if (y <= fullAt) return;
      page += 1;
      y = 40;
    },
    line,
    right: (text, look = {}) => put(text, x + width - widthOf(text, look), look),
    beside: (text, left, look = {}) => put(text, left, look),
    wrap(text, look = {}) {
      for (const row of rows(text, width, look)) line(row, look);
    },
    bullet(text) {
      const indent = 12;
      for (const [index, row] of rows(text, width - indent, {}).entries()) {
        down({});
        if (index === 0) put("•", x, {});
        put(row, x + indent, {});
      }
    },
    heading: (text, look = {}) => line(text, { size: 13, isBold: true, gap: 8, ...look }),
  };
}
