/** Months by the beginning of their names in seven languages, in lower case and without accents. */
const months: readonly (readonly string[])[] = [
  ["jan", "ene", "gen"],
  ["feb", "fev"],
  ["mar", "maa", "mrt"],
  ["apr", "avr", "abr"],
  ["may", "mai", "mag", "mei"],
  ["jun", "juin", "giu"],
  ["jul", "juil", "lug"],
  ["aug", "aou", "ago"],
  ["sep", "set"],
  ["oct", "okt", "ott", "out"],
  ["nov"],
  ["dec", "dez", "dic", "des"],
];

export interface DateRange {
  /** `2019-05`, or `2019` where no month is said. */
  readonly start: string | undefined;
  /** The same, or `present`. */
  readonly end: string | undefined;
  /** Said with one date alone. */
  readonly isSingle: boolean;
  readonly index: number;
  readonly text: string;
}

/** Whole words, so that "Marketing 2019" and "Service 2020" are no dates. */
const monthWord = String.raw`(?:jan(?:uar[iy]?|v(?:ier)?|eiro)?|januari|ene(?:ro)?|gen(?:naio)?|feb(?:ruar[iy]?|brero|braio|r)?|f[ée]v(?:r(?:ier)?|ereiro)?|mar(?:ch|s|zo|ço|z)?|maart|mrt|märz|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|may(?:o)?|mai(?:o)?|mag(?:gio)?|mei|jun[ei]?|juni(?:o)?|juin|junho|giu(?:gno)?|jul[iy]?|juli(?:o)?|juil(?:let)?|julho|lug(?:lio)?|aug(?:ust|ustus)?|ao[uû]t?|ago(?:sto)?|sept?(?:ember|embre|iembre)?|set(?:embro|tembre|iembre)?|oct(?:ober|obre|ubre)?|okt(?:ober)?|ott(?:obre)?|out(?:ubro)?|nov(?:ember|embre|iembre|embro)?|d[ée]c(?:ember|embre)?|dez(?:ember|embro)?|dic(?:iembre|embre)?)`;
const monthName = String.raw`${monthWord}(?!\p{L})\.?`;
const year = String.raw`(?:19|20)\d{2}`;
const shortYear = String.raw`['’]\d{2}`;
const season = String.raw`(?:spring|summer|fall|autumn|winter|sommer|herbst|frühjahr|été|automne|hiver|printemps|verano|invierno|otoño|primavera|q[1-4]|h[12])`;
const oneDate = [
  String.raw`${year}[-/.](?:1[0-2]|0?[1-9])(?:[-/.](?:[12]\d|3[01]|0?[1-9]))?(?!\d)`,
  String.raw`(?:(?:[12]\d|3[01]|0?[1-9])[./-])?(?:1[0-2]|0?[1-9])\s?[./-]\s?${year}`,
  String.raw`(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?)?${monthName}(?:\s+(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?)?,?\s*(?:de\s+|of\s+|del\s+)?(?:${year}|${shortYear})`,
  String.raw`${season},?\s+(?:of\s+)?${year}`,
  String.raw`${year}[-/ ]${monthName}`,
  String.raw`${year}`,
].join("|");
const present = String.raw`present|current(?:ly)?|now|today|ongoing|to date|date|heute|aktuell|laufend|jetzt|derzeit|aujourd[’']hui|actuel(?:lement)?|à ce jour|ce jour|présent|en cours|presente|actualidad|actual(?:mente)?|la fecha|oggi|attuale|in corso|atual(?:mente)?|hoje|heden|nu|até o momento`;
const to = String.raw`\s*(?:–|—|−|‒|-{1,2}|~|→|(?<!\p{L})(?:to|bis|until|till|through|à|au|hasta|al?|fino a|até|tot)(?!\p{L}))\s*`;
const since = String.raw`(?:since|seit|depuis|desde|dal|from|ab|vanaf|von|du|de)\s+`;

const range = new RegExp(
  String.raw`(?<![\p{L}\d/.+-])(?:(?<since>${since}))?(?:(?<from>${oneDate})(?:${to}(?<to>${oneDate}|${present})(?![\p{L}\d])|(?<open>\s*[–—-]\s*$))?|(?<monthFrom>${monthName})${to}(?<monthTo>${monthName}\s+${year}))(?![\p{L}\d/]|\.\d)`,
  "giu",
);

const presentAlone = new RegExp(`^(?:${present})$`, "iu");

/** Whether a text says that something goes on, and nothing else. */
export function isPresent(text: string): boolean {
  return presentAlone.test(text.trim());
}

/** Every stretch of time that a text names, in its order. */
export function findDates(text: string): readonly DateRange[] {
  const years = /^\s*((?:19|20)\d{2})\s+((?:19|20)\d{2})\s*$/u.exec(text);
  if (years?.[1] !== undefined && years[2] !== undefined && years[1] <= years[2]) {
    return [{ start: years[1], end: years[2], isSingle: false, index: 0, text: text.trim() }];
  }
  return [...text.matchAll(range)].flatMap((match): readonly DateRange[] => {
    const { groups = {}, index } = match;
    const shown = match[0];
    if (groups["monthFrom"] !== undefined && groups["monthTo"] !== undefined) {
      const end = readDate(groups["monthTo"]);
      const month = monthOf(groups["monthFrom"]);
      if (end === undefined || month === undefined) return [];
      const start = `${end.slice(0, 4)}-${month}`;
      return [{ start, end, isSingle: false, index, text: shown }];
    }
    const start = readDate(groups["from"] ?? "");
    if (start === undefined) return [];
    const until = groups["to"];
    if (until === undefined) {
      const isOpen =
        groups["open"] !== undefined ||
        /^(?:since|seit|depuis|desde|dal|ab|vanaf)/iu.test(groups["since"] ?? "");
      return isOpen
        ? [{ start, end: "present", isSingle: false, index, text: shown }]
        : [{ start, end: undefined, isSingle: true, index, text: shown }];
    }
    const end = readDate(until) ?? "present";
    return [{ start, end, isSingle: false, index, text: shown }];
  });
}

function readDate(text: string): string | undefined {
  const numbers = /^(\d{4})[-/.](\d{1,2})/u.exec(text);
  if (numbers !== null) return `${numbers[1]}-${two(numbers[2])}`;
  const slashed = /(\d{1,2})\s?[./-]\s?(\d{4})$/u.exec(text);
  if (slashed !== null) return `${slashed[2]}-${two(slashed[1])}`;
  const yearFirst = /^(\d{4})[-/ ](\p{L}+)\.?$/u.exec(text);
  if (yearFirst !== null) return `${yearFirst[1]}-${monthOf(yearFirst[2] ?? "")}`;
  const found = /(\d{4})$/u.exec(text)?.[1] ?? longYear(/['’](\d{2})$/u.exec(text)?.[1]);
  if (found === undefined) return undefined;
  const words = text.replace(/['’]?\d+$/u, "");
  if (!/\p{L}/u.test(words)) return found;
  if (new RegExp(`^${season}`, "iu").test(words.trim())) return found;
  const month = words
    .split(/[\s.,]+/u)
    .map(monthOf)
    .find((one) => one !== undefined);
  return month === undefined ? undefined : `${found}-${month}`;
}

function longYear(digits: string | undefined): string | undefined {
  if (digits === undefined) return undefined;
  return Number(digits) > 60 ? `19${digits}` : `20${digits}`;
}

function two(digits = ""): string {
  return digits.padStart(2, "0");
}

/** `05` for May. */
function monthOf(word: string): string | undefined {
  const plain = word
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[^a-z]/gu, "");
  if (plain.length < 3) return undefined;
  const index = months.findIndex((names) => names.some((name) => plain.startsWith(name)));
  return index >= 0 ? two(String(index + 1)) : undefined;
}
