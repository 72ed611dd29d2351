import { PDFDocument, type PDFFont, StandardFonts } from "pdf-lib";

/** Text at a place of a page of A4, in points from the top left. */
export interface Drawn {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly isBold?: boolean;
  readonly page?: number;
}

const [width, height] = [595, 842];

/** A PDF of our own with these texts. Tests only. */
export async function drawPdf(texts: readonly Drawn[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const plain = await document.embedFont(StandardFonts.Helvetica);
  const bold = await document.embedFont(StandardFonts.HelveticaBold);
  const last = Math.max(1, ...texts.map(({ page = 1 }) => page));
  const pages = Array.from({ length: last }, () => document.addPage([width, height]));
  for (const { text, x, y, size = 10, isBold = false, page = 1 } of texts) {
    const font: PDFFont = isBold ? bold : plain;
    pages[page - 1]?.drawText(text, { x, y: height - y, size, font });
  }
  return document.save();
}

/** Lines one below the other, from `y` on. */
export function column(
  x: number,
  y: number,
  lines: readonly (string | Omit<Drawn, "x" | "y">)[],
): Drawn[] {
  let at = y;
  return lines.map((line) => {
    const drawn = typeof line === "string" ? { text: line } : line;
    at += (drawn.size ?? 10) * 1.5;
    return { ...drawn, x, y: at };
  });
}

export function heading(text: string): Omit<Drawn, "x" | "y"> {
  return { text, size: 14, isBold: true };
}

export function bold(text: string): Omit<Drawn, "x" | "y"> {
  return { text, isBold: true };
}
