export interface PdfInput {
  /** Shown by viewers as the document's name. */
  readonly title: string;
  /** The first line is set larger. Characters outside Latin-1 become question marks. */
  readonly lines: readonly string[];
}

/** A valid one-page A4 PDF 1.4 with selectable text, made without a library. */
export function minimalPdf({ title, lines }: PdfInput): Uint8Array<ArrayBuffer> {
  const content = pageContent(lines);
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `<< /Title ${literal(title)} /Producer (Valet) >>`,
  ];
  return new Uint8Array(Buffer.from(assemble(objects), "latin1"));
}

const left = 56;
const top = 770;
const leading = 18;

function pageContent(lines: readonly string[]): string {
  const [first = "", ...rest] = lines;
  const body = rest.map((line) => `T* ${literal(line)} Tj`).join("\n");
  return `BT\n/F1 20 Tf ${leading} TL ${left} ${top} Td\n${literal(first)} Tj\n/F1 11 Tf\n${body}\nET`;
}

/** A PDF string. Everything is Latin-1 here, so that one character is one byte. */
function literal(text: string): string {
  const latin1 = text.replace(/[^\u0020-\u007E\u00A0-\u00FF]/gu, "?");
  return `(${latin1.replace(/[\\()]/g, String.raw`\$&`)})`;
}

/** The cross-reference table holds the byte offset of each object, ten digits wide. */
function assemble(objects: readonly string[]): string {
  let text = "%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n";
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
  const size = objects.length + 1;
  return `${text}xref\n0 ${size}\n0000000000 65535 f \n${entries.join("")}trailer\n<< /Size ${size} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
}
