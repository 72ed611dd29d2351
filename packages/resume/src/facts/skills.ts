import { joinParagraphs } from "../entries/join-paragraphs.ts";
import { type TextCell, type TextLine, type TextStyle, styleOf } from "../layout/text-document.ts";
import { type Sourced, sourced } from "./sourced.ts";

export interface Skill {
  readonly name: Sourced;
  readonly level?: Sourced;
  readonly keywords: readonly Sourced[];
}

const level =
  /^\(?(?:beginner|novice|junior|senior|elementary|basic|intermediate|advanced|proficient|expert|master|fluent|native|skilled|competent|familiar|grundkenntnisse|gut|sehr gut|fortgeschritten|experte|débutant|intermédiaire|avancé|confirmé|básico|intermedio|avanzado|experto)\)?$/iu;
const longestSkill = 60;

/** Whether a text says how well somebody knows something, and nothing else. */
export function isLevel(text: string): boolean {
  return level.test(text);
}

interface OpenSkill {
  readonly name: Sourced;
  readonly left: number;
  readonly look: TextStyle;
  /** What stands below it so far, and in which line the last of it. */
  list: string;
  last?: TextLine;
  /** Its items stand apart, so each is whole. */
  hasCells?: boolean;
  readonly keywords: Sourced[];
  level?: Sourced;
}

/** Skills as they are grouped: under labels, side by side or one below the other, or each for itself. */
export function readSkills(section: readonly TextLine[]): readonly Skill[] {
  const skills: (Skill | OpenSkill)[] = [];
  let open: readonly OpenSkill[] = [];
  // One below the other they are no sentence.
  const hasLists = section.some(({ text }) => /[,;|]/u.test(text));
  const lines = hasLists ? joinParagraphs(section) : section;
  for (const [index, line] of lines.entries()) {
    const labelled = isRowOf(open, line) ? undefined : readLabel(line);
    if (labelled !== undefined) {
      skills.push(labelled);
      open = [];
    } else if (isLabelRow(line, lines[index + 1])) {
      open = openLabels(line);
      skills.push(...open);
    } else {
      skills.push(...readItems(line, open));
    }
  }
  return skills.map(({ name, level: told, keywords }) => ({
    name,
    ...(told === undefined ? {} : { level: told }),
    keywords,
  }));
}

/** Each of its cells stands below one of several labels. */
function isRowOf(open: readonly OpenSkill[], { cells, text }: TextLine): boolean {
  if (open.length < 2 || text.includes(":")) return false;
  return cells.every(({ box }) => open.some(({ left }) => Math.abs(left - box.left) < 3));
}

/** Puts what a line lists under the labels that are open, or gives each as a skill of its own. */
function readItems(line: TextLine, open: readonly OpenSkill[]): readonly Skill[] {
  const alone: Skill[] = [];
  for (const cell of line.cells) {
    const label = open.findLast(({ left }) => left <= cell.box.left + 10) ?? open[0];
    const group = label === undefined || isNextLabel(cell, label) ? undefined : label;
    const texts = listOf(group === undefined ? cell.text : withRest(group, line, cell.text));
    for (const text of texts) {
      const found = sourced(text, line, text, 0.9);
      if (isLevel(text)) {
        const last = alone.at(-1);
        if (group !== undefined) group.level ??= found;
        else if (last !== undefined) alone[alone.length - 1] = { ...last, level: found };
      } else if (group !== undefined) group.keywords.push(found);
      else alone.push({ name: found, keywords: [] });
    }
  }
  return alone;
}

/** What looks like the label above it stands for itself. */
function isNextLabel(cell: TextCell, { look }: OpenSkill): boolean {
  const { size, isBold } = styleOf({ cells: [cell] });
  return look.isBold && isBold && Math.abs(size - look.size) < 0.3;
}

/** In a narrow column the last of a list may go on in the next line: then it is taken back and read whole. */
function withRest(group: OpenSkill, line: TextLine, text: string): string {
  const before = group.list;
  group.list = `${before} ${text}`;
  if (group.last === line || text.includes("  ")) group.hasCells = true;
  group.last = line;
  if (group.hasCells === true || line.isBullet) return text;
  const isOpen = before.lastIndexOf("(") > before.lastIndexOf(")");
  const isEnded = before === "" || (/[,;|]\s*$/u.test(before) && !isOpen);
  const goesOn = isOpen || /[,;]/u.test(before) || /^\p{Ll}[^,;]*[,;]/u.test(text);
  const last = isEnded || !goesOn || isLevel(text) ? undefined : group.keywords.pop();
  if (last === undefined) return text;
  return `${last.value}${/,\s*$/u.test(before) ? "," : ""} ${text}`;
}

function openLabels(line: TextLine): readonly OpenSkill[] {
  const labels: OpenSkill[] = [];
  for (const cell of line.cells) {
    const { text } = cell;
    const last = labels.at(-1);
    if (isLevel(text) && last !== undefined) last.level = sourced(text, line, text, 0.9);
    else {
      const name = sourced(text.replace(/:$/u, ""), line, text, 0.85);
      const look = styleOf({ cells: [cell] });
      labels.push({ name, left: cell.box.left, look, list: "", keywords: [] });
    }
  }
  return labels;
}

/** Short texts over lists: they end with a colon, have levels below them, or look unlike what follows. */
function isLabelRow(line: TextLine, next: TextLine | undefined): boolean {
  if (line.isBullet || next === undefined) return false;
  const isShort = ({ text }: TextCell) => text.length <= 45 && listOf(text).length === 1;
  if (!line.cells.every(isShort) || isLevelRow(line)) return false;
  if (isLevelRow(next)) return true;
  // Lists of words that end with colons, though nothing stands behind them.
  if (line.text.endsWith(":")) return !next.text.endsWith(":");
  if (line.cells.length === 1 && listOf(next.text).length > 1) return true;
  const [own, below] = [styleOf(line), styleOf(next)];
  const isLarger = own.size > below.size + 0.6;
  return (own.isBold && !below.isBold) || isLarger || (next.isBullet && own.isBold);
}

function isLevelRow({ cells }: TextLine): boolean {
  return cells.every(({ text }) => isLevel(text));
}

/** `Languages: Go, Rust`, or the label in a margin or in bold. */
function readLabel(line: TextLine): Skill | undefined {
  const [first, second] = line.cells;
  if (first === undefined) return undefined;
  const colon = /^([^:]{2,45}):\s+(\S.*)$/u.exec(line.text.replaceAll("  ", " "));
  const split = colon === null ? boldLabel(first) : { label: colon[1], rest: colon[2] };
  if (split?.label !== undefined && split.rest !== undefined) {
    return skillOf(split.label, split.rest, line);
  }
  const isMargin =
    second !== undefined && line.cells.length === 2 && listOf(second.text).length > 1;
  const isLabel = listOf(first.text).length === 1 && !/[,;]$/u.test(first.text);
  if (isMargin && isLabel) return skillOf(first.text, second.text, line);
  return undefined;
}

function boldLabel({ parts }: TextCell): { label: string; rest: string } | undefined {
  const [first, ...others] = parts.filter(({ text }) => text.trim() !== "");
  if (first === undefined || !first.style.isBold || others.some(({ style }) => style.isBold)) {
    return undefined;
  }
  const rest = others.map(({ text }) => text).join("");
  return listOf(rest).length > 1 ? { label: first.text.trim(), rest } : undefined;
}

function skillOf(label: string, rest: string, line: TextLine): Skill {
  const name = label.replace(/[\s:–-]+$/u, "").trim();
  return {
    name: sourced(name, line, label, 0.9),
    keywords: listOf(rest).map((text) => sourced(text, line, text, 0.9)),
  };
}

const listMarks = /\s*[,;|•·‣▪]\s*(?![^()]*\))|\s{2,}|\s+[–—]\s+/u;
const listMarksOrSlash = new RegExp(String.raw`${listMarks.source}|\s+\/\s+`, "u");

/** What a list holds; commas within brackets are no ends. */
export function listOf(text: string): readonly string[] {
  const marks = /[,;|•·]/u.test(text) ? listMarks : listMarksOrSlash;
  return text
    .split(marks)
    .map((one) =>
      one.replaceAll(/^[\s\-–•·]+|[\s.:]+$/gu, "").replace(/^(?:and|und|et|y|e)\s+/iu, ""),
    )
    .filter((one) => one !== "" && one.length <= longestSkill && /[\p{L}\d]/u.test(one));
}
