import type { TextLine } from "../layout/text-document.ts";
import { type Sourced, sourced } from "./sourced.ts";

export interface Language {
  readonly language: Sourced;
  readonly fluency?: Sourced;
}

const fluencyWords =
  /(?:native|mother tongue|bilingual|fluent|proficient|professional|working|conversational|intermediate|advanced|basic|elementary|beginner|limited|full|muttersprach|fließend|verhandlungssicher|grundkenntnisse|gut|maternelle|courant|bilingue|notions|intermédiaire|avancé|nativ|fluido|avanzado|básico|intermedio|madrelingua|fluente|moedertaal|vloeiend|\b[ABC][12]\b)/iu;

/** Languages and how well they are spoken: `English (native)`, `English: native`, or one below the other. */
export function readLanguages(section: readonly TextLine[]): readonly Language[] {
  const found: Language[] = [];
  for (const line of section) {
    const pieces = line.text
      .split(/\s*[,;|•·]\s*(?![^()]*\))/u)
      .filter((text) => text.trim() !== "");
    for (const piece of pieces) {
      const split = /^\s*([\p{L} ]{2,30}?)\s*(?:\(([^)]+)\)|[:–—-]\s*(.+)|\s{2,}(.+))?\s*$/u.exec(
        piece,
      );
      const name = split?.[1]?.trim();
      const told = split
        ?.slice(2)
        .find((text) => text !== undefined)
        ?.trim();
      const last = found.at(-1);
      if (name === undefined) continue;
      const isLevel = told === undefined && fluencyWords.test(name);
      if (isLevel && last !== undefined && last.fluency === undefined) {
        found[found.length - 1] = { ...last, fluency: sourced(name, line, piece.trim(), 0.85) };
      } else if (!isLevel) {
        found.push({
          language: sourced(name, line, piece.trim(), 0.9),
          ...(told === undefined ? {} : { fluency: sourced(told, line, piece.trim(), 0.9) }),
        });
      }
    }
  }
  return found;
}
