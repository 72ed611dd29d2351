import type { Meaning } from "@valet/contracts";
import { plainText } from "./core-question.ts";

const languages = ["en", "de", "fr", "es", "pt", "it", "nl", "pl"];

/** Country names in the languages Valet reads; two-letter codes would be mistaken for states. */
const countries: ReadonlySet<string> = new Set(
  languages.flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
    return letters
      .flatMap((first) => letters.map((second) => names.of(first + second)))
      .filter((name) => name !== undefined && name.length > 3)
      .map((name) => plainText(name ?? ""));
  }),
);

export type DatePart = "day" | "month" | "year";

/** What the choices of a list alone say about its question; undefined where they say nothing. */
export function meaningOfOptions(options: readonly string[]): Meaning | undefined {
  if (options.length < 2) return undefined;
  const texts = options.slice(0, 300).map((text) => plainText(text));
  const share = (isOne: (text: string) => boolean): number =>
    texts.filter((text) => isOne(text)).length / texts.length;
  if (texts.length >= 20 && share((text) => /\+ ?\d{1,4}\b/u.test(text)) > 0.8)
    return "phone.countryCode";
  const sample = texts.filter((_, index) => index % Math.ceil(texts.length / 40) === 0);
  const named = sample.filter((text) => countries.has(text)).length;
  if (sample.length >= 8 && named / sample.length > 0.6) return "address.country";
  if (texts.length <= 12 && share((text) => salutation.test(text)) > 0.6) return "question";
  return undefined;
}

const salutation =
  /^(mr|mrs|ms|miss|mx|dr|prof|herr|frau|m|mme|mlle|monsieur|madame|mademoiselle|sr|sra|srta|dhr|mevr|de heer|mevrouw|pan|pani|sig|sig\.ra|signor|signora)\.?$/u;

const months =
  /^(0?\d|1[0-2]|\d{1,2} ?-? ?)?(jan|feb|fev|mar|mae|apr|abr|avr|may|mai|mag|maj|mei|jun|jui|giu|jul|lug|aug|aou|ago|sep|set|okt|oct|out|ott|nov|dec|dez|des|dic|gen|ene|sty|lut|kwi|cze|lip|sie|wrz|paz|lis|gru|янв|фев|мар|апр|ма|июн|июл|авг|сен|окт|ноя|дек)\p{L}*\.?$/u;

/** Which part of a date a list of choices holds. */
export function datePartOfOptions(options: readonly string[]): DatePart | undefined {
  const texts = options.map((text) => plainText(text));
  const numbers = texts
    .filter((text) => /^\d{1,4}\.?$/u.test(text))
    .map((text) => parseInt(text, 10));
  if (
    numbers.length >= 10 &&
    numbers.filter((number) => number > 1890 && number < 2100).length > 9
  ) {
    return "year";
  }
  if (texts.filter((text) => months.test(text) && !/^\d+$/u.test(text)).length >= 10)
    return "month";
  const top = Math.max(0, ...numbers);
  if (numbers.length >= 28 && top === 31) return "day";
  return numbers.length >= 12 && numbers.length <= 13 && top === 12 ? "month" : undefined;
}
