import type { Meaning } from "@valet/contracts";
import { type FieldFacts, type Finding, assignMeaning, found, splitKey } from "./assign-meaning.ts";
import { labelReadings, plainText } from "./core-question.ts";
import { type DatePart, datePartOfOptions } from "./option-evidence.ts";

/** A field among its neighbours, in the order of the page. */
export interface FieldInForm {
  readonly facts: FieldFacts;
  readonly finding: Finding;
  /** Fields of one form have the same. */
  readonly form: number;
}

/** What a field means in the company of the fields around it. */
export function refineMeanings(fields: readonly FieldInForm[]): Finding[] {
  const dated = withDateParts(fields);
  const named = withNameParts(fields, dated);
  const phoned = withPhoneParts(fields, named);
  const titled = withTitles(fields, withPairs(fields, phoned));
  return withCardDates(fields, withPeriods(fields, titled));
}

const birth =
  /birth|\bdob\b|\bbday\b|geburt|geboren|naissance|nacimiento|nascimento|nascita|geboorte|urodz|рожд|fodsel|fodelse|szulet|narozen/u;
const expiry = /expir|\bexp\b|valid|card|\bcc\b|kart|carte|tarjeta/u;
const others = /\b(child\w*|bab(y|ies)\w*|due date|spouse|partner)\b/u;
const otherDate = /start|end\b|from\b|until|graduat|check-?in|check-?out|depart|arriv|hire|employ/u;

const partWords: Readonly<Record<DatePart, RegExp>> = {
  day: /^(.{0,20}\b)?(days?|dd|tag|jour|dia|giorno|dag|dzien|день|j{2}|d|tt|gg)( of (your |my )?(birth|birthday).*| .{0,6})?$/u,
  month:
    /^(.{0,20}\b)?(months?|mm|monat|mois|mes|mese|maand|miesiac|месяц|m|mon)( of (your |my )?(birth|birthday).*| .{0,6})?$/u,
  year: /^(.{0,20}\b)?(years?|y{2,4}|jahr|annee|ano|anno|jaar|rok|год|a{4}|j{4}|y)( of (your |my )?(birth|birthday).*| .{0,6})?$/u,
};
const partKeys: Readonly<Record<DatePart, RegExp>> = {
  day: /(^|_)(day|dd|jour|dia|tag|giorno|dag|dzien|bday_?day|d)(_|$)|birth_?day$/u,
  month: /(^|_)(month|mm|mois|mes|monat|mese|maand|miesiac|mon|m)(_|$)/u,
  year: /(^|_)(year|yyyy|yy|annee|ano|jahr|anno|jaar|rok|y)(_|$)/u,
};
const parts: readonly DatePart[] = ["day", "month", "year"];

/** Day, month and year side by side share one question, which stands at one of them. */
function withDateParts(fields: readonly FieldInForm[]): Finding[] {
  const kinds = fields.map(
    ({ facts }, index) =>
      datePartOf(facts) ?? partBySize(fields.slice(Math.max(0, index - 2), index + 3), facts),
  );
  return fields.map(({ facts, finding, form }, index) => {
    const part = kinds[index];
    if (part === undefined || !yieldsToDate(finding.meaning)) return finding;
    const around = [index - 2, index - 1, index + 1, index + 2].filter(
      (at) => fields[at]?.form === form && kinds[at] !== undefined && kinds[at] !== part,
    );
    const near = around.map((at) => fields[at]?.facts).filter((other) => other !== undefined);
    if (near.length === 0 && facts.options.length === 0 && !saysPart(facts, part)) return finding;
    const own = wordsOf(facts);
    if (expiry.test(own) || finding.meaning === "payment.other") return finding;
    if (others.test(own)) return finding;
    if (birth.test(own))
      return found(`birthdate.${part}`, 0.92, `it holds the ${part} of a birth date`);
    if (otherDate.test(own)) return finding;
    const context = near.map((other) => wordsOf(other)).join(" ");
    if (others.test(context) || expiry.test(context) || !birth.test(context)) return finding;
    return found(`birthdate.${part}`, 0.88, `it stands beside a birth date and holds its ${part}`);
  });
}

/** Boxes for four, two and two digits: year, month, day. */
function partBySize(near: readonly FieldInForm[], facts: FieldFacts): DatePart | undefined {
  const sizes = near.map((field) => field.facts.maxLength ?? -1);
  const start = sizes.findIndex(
    (size, at) => size === 4 && sizes[at + 1] === 2 && sizes[at + 2] === 2,
  );
  const at = start === -1 ? -1 : near.findIndex((field) => field.facts === facts) - start;
  return (["year", "month", "day"] as const)[at];
}

function yieldsToDate(meaning: Meaning): boolean {
  return /^(unknown|question|birthdate|captcha|address\.line1|phone)/u.test(meaning);
}

function datePartOf(facts: FieldFacts): DatePart | undefined {
  if (/^(checkbox|radio|file|password|textarea|button)/u.test(facts.kind)) return undefined;
  const listed = datePartOfOptions(facts.options);
  const texts = [facts.placeholder ?? "", facts.label, ...(facts.hint ?? "").split(" | ")];
  const keys = [facts.name ?? "", facts.domId ?? ""].map((key) => splitKey(key));
  // Dates of cards go without days; of two numbers the one up to 12 is the month only if a day is not named so.
  if (listed !== undefined) return listed;
  if (facts.options.length > 0 && facts.options.length < 10) return undefined;
  for (const text of texts) {
    const readings = labelReadings(text);
    const part = parts.find((one) => readings.some((reading) => partWords[one].test(reading)));
    if (part !== undefined) return part;
  }
  return parts.find((one) => keys.some((key) => partKeys[one].test(key)));
}

function saysPart({ label }: FieldFacts, part: DatePart): boolean {
  return labelReadings(label).some((reading) => partWords[part].test(reading));
}

function wordsOf(facts: FieldFacts): string {
  const { label, group = "", hint = "", placeholder = "", name = "", domId = "" } = facts;
  const keys = `${splitKey(name)} ${splitKey(domId)}`.replaceAll("_", " ");
  return plainText(`${label.slice(0, 120)} ${group.slice(0, 80)} ${hint} ${placeholder} ${keys}`);
}

const bareName =
  /^(name|nom|nome|nombre|naam|navn|namn|nev|имя|ime|jmeno|nimi|nume|お?名前|contact name|billing name|shipping name)$/u;

/** "Name" beside a last name is the first one, beside a first name the last one. */
function withNameParts(fields: readonly FieldInForm[], findings: readonly Finding[]): Finding[] {
  return fields.map(({ facts, form }, index) => {
    const finding = findings[index] ?? fields[index]?.finding ?? found("unknown", 0, "");
    if (finding.meaning !== "name.full" || finding.confidence >= 0.98) return finding;
    const isBare = labelReadings(facts.label).some((reading) => bareName.test(reading));
    const key = splitKey(facts.name ?? facts.domId ?? "");
    if (!isBare && facts.label !== "") return finding;
    const near = [-3, -2, -1, 1, 2, 3].map((step) => index + step);
    const has = (meaning: Meaning): boolean =>
      near.some((at) => fields[at]?.form === form && findings[at]?.meaning === meaning);
    if (
      /(^|_)(first|given|fore)_?name|(^|_)prenom/u.test(key) ||
      (has("name.last") && !has("name.first"))
    ) {
      return found("name.first", 0.85, "the last name stands beside it");
    }
    if (/(^|_)(last|family|sur)_?name/u.test(key) || (has("name.first") && !has("name.last"))) {
      return found("name.last", 0.85, "the first name stands beside it");
    }
    return finding;
  });
}

/** A phone number in several small boxes carries its question at the first. */
function withPhoneParts(fields: readonly FieldInForm[], findings: readonly Finding[]): Finding[] {
  const refined = [...findings];
  const isSmall = ({ maxLength = -1 }: FieldFacts): boolean => maxLength > 0 && maxLength <= 5;
  for (const [index, { facts, form }] of fields.entries()) {
    const previous = fields[index - 1];
    const before = refined[index - 1];
    const own = refined[index];
    if (previous === undefined || own === undefined || previous.form !== form) continue;
    const isOpen = own.meaning === "unknown" || own.meaning === "captcha";
    if (!isOpen || facts.options.length > 0 || !isSmall(facts) || !isSmall(previous.facts))
      continue;
    if (before?.meaning !== "phone" && before?.meaning !== "phone.countryCode") continue;
    refined[index] = found("phone", 0.7, "it continues the phone number before it");
  }
  return refined;
}

const cardDate = /^(mm|month) ?\/ ?(yy|aa|year)(yy|aa)?$/u;

/** A month and a year beside a card's number are the end of the card. */
function withCardDates(fields: readonly FieldInForm[], findings: readonly Finding[]): Finding[] {
  const paying = new Set(
    fields.filter((_, at) => findings[at]?.meaning === "payment.other").map(({ form }) => form),
  );
  return fields.map(({ facts, form, finding }, index) => {
    const own = findings[index] ?? finding;
    if (!paying.has(form) || !/^(unknown|question|work\.|education\.)/u.test(own.meaning))
      return own;
    const texts = [facts.label, facts.placeholder ?? ""];
    const isDate = texts.some((text) => labelReadings(text).some((one) => cardDate.test(one)));
    return isDate ? found("payment.other", 0.85, "it stands beside a card's number") : own;
  });
}

const titleReach = 3;

/** A bare "Title" is a job's beside an employer and a form of address beside a name; alone it is asked. */
function withTitles(fields: readonly FieldInForm[], findings: readonly Finding[]): Finding[] {
  return fields.map(({ facts, form, finding }, index) => {
    const own = findings[index] ?? finding;
    if (own.meaning !== "work.title" || !isBareTitle(facts)) return own;
    const near = (isWanted: (meaning: Meaning) => boolean): boolean =>
      fields.some(
        (other, at) =>
          other.form === form &&
          at !== index &&
          Math.abs(at - index) <= titleReach &&
          isWanted(findings[at]?.meaning ?? "unknown"),
      );
    const isJob =
      near((meaning) => meaning.startsWith("work.")) ||
      /work|employ|experience|position|job|career/u.test(plainText(facts.group ?? ""));
    if (isJob && !near((meaning) => /^name\.(first|last)$/u.test(meaning))) return own;
    return found("question", 0.5, "it may be a form of address or a job title");
  });
}

function isBareTitle({ label, name = "", domId = "" }: FieldFacts): boolean {
  const isBare = (text: string): boolean => /^(titles?|titre|titel|titolo)$/u.test(text);
  const keys = [splitKey(name), splitKey(domId)];
  if (keys.some((key) => /(job|position|role|work|employ|current)\w*_?title/u.test(key)))
    return false;
  return label === "" ? keys.some(isBare) : labelReadings(label).some(isBare);
}

const periodReach = 3;
const periodStart =
  /^(start(ed|ing)?|from|begin(ning)?|beginn|von|debut|inicio|desde|inizio|dal|begin|van|od)( date| month| year|datum)?$/u;
const periodEnd =
  /^(end(ed|ing)?|to|until|till|ende|bis|fin|hasta|fim|fine|al|einde|tot|do)( date| month| year|datum)?$/u;

/** "Start date" before an "End date" is no first day at work but the beginning of what stands before it. */
function withPeriods(fields: readonly FieldInForm[], findings: readonly Finding[]): Finding[] {
  const reads = (at: number, pattern: RegExp): boolean =>
    labelReadings(fields[at]?.facts.label ?? "").some((reading) => pattern.test(reading));
  const near = (index: number, step: 1 | -1, pattern: RegExp): boolean =>
    Array.from({ length: periodReach }, (_, count) => index + step * (count + 1)).some(
      (at) => fields[at]?.form === fields[index]?.form && reads(at, pattern),
    );
  return fields.map(({ facts, finding, form }, index) => {
    const own = findings[index] ?? finding;
    if (!/^(unknown|question|startDate)$/u.test(own.meaning)) return own;
    const before = fields
      .map(({ form: of, facts: { group } }, at) => ({
        of,
        group,
        meaning: findings[at]?.meaning ?? "",
      }))
      .slice(Math.max(0, index - 6), index)
      .filter(({ of }) => of === form)
      .findLast(({ meaning }) => /^(work\.(company|title|current)|education\.)/u.test(meaning));
    const isOfEntry = (facts.group ?? "") !== "" && before?.group === facts.group;
    const isStart = reads(index, periodStart) && (isOfEntry || near(index, 1, periodEnd));
    const isEnd =
      !isStart && reads(index, periodEnd) && (isOfEntry || near(index, -1, periodStart));
    if (!isStart && !isEnd) return own;
    const edge = isStart ? "startDate" : "endDate";
    if (before === undefined)
      return found("question", 0.5, "it bounds a time of something unnamed");
    return before.meaning.startsWith("work")
      ? found(`work.${edge}`, 0.85, "it bounds the time of the job before it")
      : found(`education.${edge}`, 0.85, "it bounds the time of the school before it");
  });
}

/** "Postcode / City" over two boxes names one each. */
function withPairs(fields: readonly FieldInForm[], findings: readonly Finding[]): Finding[] {
  const refined = [...findings];
  for (const [index, { facts, form }] of fields.entries()) {
    const next = fields[index + 1];
    if (next === undefined || next.form !== form || !isBareLine(next.facts)) continue;
    if (refined[index + 1]?.meaning !== "unknown") continue;
    const parts = facts.label.split(/\s*(?:[/,&+]|\s(?:and|und|et|y|e|en|i))\s+/u);
    const [first, second] = parts.map((label) =>
      assignMeaning({ kind: "text", label, options: [] }),
    );
    if (parts.length !== 2 || first === undefined || second === undefined) continue;
    if (![first, second].every(({ meaning }) => /^(address|name)\./u.test(meaning))) continue;
    if (first.meaning === second.meaning) continue;
    refined[index] = found(first.meaning, 0.85, "its label names it and the box after it");
    refined[index + 1] = found(second.meaning, 0.8, "the label of the box before it names it too");
  }
  return refined;
}

function isBareLine({ kind, label, placeholder = "", name = "", options }: FieldFacts): boolean {
  if (kind !== "text" || label !== "" || placeholder !== "" || options.length > 0) return false;
  const { meaning } = assignMeaning({ kind, label, name, options });
  return !/^(name|email|phone|address|birthdate)/u.test(meaning);
}
