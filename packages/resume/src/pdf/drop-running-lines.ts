import type { TextLine } from "../layout/text-document.ts";

const pageNumber =
  /^(?:.{0,60}[\s–—|-]+)?(?:page|seite|página|pagina)?\s*\d{1,2}\s*(?:\/|of|von|de|sur|di|van)\s*\d{1,2}$|^(?:page|seite|página|pagina)?\s*\d{1,2}$/iu;
const lastUpdate = /^(?:last updated|updated|stand|letzte aktualisierung|mise à jour)\b.{0,40}$/iu;

/** Drops what runs along the edges of pages: page numbers, and what every page repeats. */
export function dropRunningLines(pages: readonly (readonly TextLine[])[]): readonly TextLine[] {
  const seen = new Map<string, number>();
  for (const lines of pages) {
    for (const line of new Set(edgesOf(lines).map(withoutNumbers))) {
      seen.set(line, (seen.get(line) ?? 0) + 1);
    }
  }
  return pages.flatMap((lines, index) => {
    const edges = new Set(edgesOf(lines));
    return lines.filter((line) => {
      if (lastUpdate.test(line.text) && edges.has(line)) return false;
      if (!edges.has(line)) return true;
      if (pageNumber.test(line.text)) return false;
      // The first page says the name, which the others repeat.
      return index === 0 || (seen.get(withoutNumbers(line)) ?? 0) < 2 || pages.length < 2;
    });
  });
}

/** The first and last lines by their place on the page. */
function edgesOf(lines: readonly TextLine[]): readonly TextLine[] {
  const byHeight = lines.toSorted((one, other) => one.box.top - other.box.top);
  return [...byHeight.slice(0, 2), ...byHeight.slice(-2)];
}

function withoutNumbers({ text }: TextLine): string {
  return text.replaceAll(/\d+/gu, "0").toLowerCase();
}
