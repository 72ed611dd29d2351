import type { DocumentLine } from "@valet/contracts";
import type { Source } from "../json-resume.ts";
import type { Box } from "../layout/text-document.ts";

/** The lines, counted from 0, that a value was read from. */
export function findLines(source: Source, lines: readonly DocumentLine[]): readonly number[] {
  return lines.flatMap(({ place, box }, index) => {
    if ("paragraph" in source) {
      return "paragraph" in place && place.paragraph === source.paragraph ? [index] : [];
    }
    return "page" in place && place.page === source.page && isWithin(box, source.box)
      ? [index]
      : [];
  });
}

/** More than half of the line's height, and in the same column. */
function isWithin(line: Box, box: Box): boolean {
  const shared = Math.min(line.bottom, box.bottom) - Math.max(line.top, box.top);
  return shared * 2 > line.bottom - line.top && line.left < box.right && box.left < line.right;
}
