/** A PDF of these objects, numbered from 1; the first is the catalog. Their text is written as it stands. */
export function writePdf(
  objects: readonly (string | Uint8Array)[],
  trailer = "/Root 1 0 R",
): Uint8Array {
  const chunks: Buffer[] = [Buffer.from("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n", "latin1")];
  const places: number[] = [];
  let at = chunks[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    const body = typeof object === "string" ? Buffer.from(object, "latin1") : object;
    const chunk = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      body,
      Buffer.from("\nendobj\n"),
    ]);
    places.push(at);
    chunks.push(chunk);
    at += chunk.length;
  }
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  chunks.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(chunks);
}

/** Bytes with the dictionary that says how they are packed. */
export function stream(bytes: Uint8Array | string, dictionary = ""): Uint8Array {
  const body = Buffer.from(bytes);
  return Buffer.concat([
    Buffer.from(`<< /Length ${body.length} ${dictionary} >>\nstream\n`, "latin1"),
    body,
    Buffer.from("\nendstream"),
  ]);
}

const text = "Mira Velling wrote the service that bills customers and kept the warehouse of events";

/** Lines of text, as a page draws them. */
export const textOf = (lines = 8, y = 800) =>
  `BT /F1 10 Tf 12 TL 40 ${y} Td ${`(${text}) Tj T* `.repeat(lines)}ET\n`;

export interface PdfPage {
  /** Of the catalog. */
  readonly catalog?: string;
  readonly page?: string;
  readonly resources?: string;
  readonly font?: string;
  readonly content?: string | Uint8Array;
  /** Of the stream that holds the content. */
  readonly packing?: string;
  readonly trailer?: string;
  /** From number 6 on. */
  readonly more?: readonly (string | Uint8Array)[];
}

/** A small résumé of one page, with these in place of its own or beside them. */
export function pdfWith({
  catalog = "",
  page = "",
  resources = "",
  font = "/Subtype /Type1 /BaseFont /Helvetica",
  content = "",
  packing = "",
  trailer = "",
  more = [],
}: PdfPage = {}): Uint8Array {
  const drawn =
    packing === "" ? Buffer.concat([Buffer.from(textOf()), Buffer.from(content)]) : content;
  return writePdf(
    [
      `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> ${resources} >> ${page} >>`,
      stream(drawn, packing),
      `<< /Type /Font ${font} >>`,
      ...more,
    ],
    `/Root 1 0 R ${trailer}`,
  );
}
