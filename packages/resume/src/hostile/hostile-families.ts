import { cutOff, otherFormats } from "./broken-files.ts";
import { docxFiles } from "./docx-files.ts";
import type { HostileFile } from "./hostile-file.ts";
import { pdfActions } from "./pdf-action-files.ts";
import { pdfContents } from "./pdf-content-files.ts";
import { pdfStructures } from "./pdf-structure-files.ts";
import { twoInOne } from "./two-in-one-files.ts";
import { xmlFiles } from "./xml-files.ts";
import { zipBombs, zipStructures } from "./zip-files.ts";

/** Files that attack their reader, by what they attack it with. The first ones of each show it fast. */
export const hostileFamilies: Readonly<Record<string, readonly HostileFile[]>> = {
  "ZIP bombs": zipBombs,
  "ZIP structure": zipStructures,
  XML: xmlFiles,
  "DOCX parts": docxFiles,
  "PDF structure": pdfStructures,
  "PDF content": pdfContents,
  "PDF actions": pdfActions,
  "two in one": twoInOne,
  "cut off": cutOff,
  "other formats": otherFormats,
};
