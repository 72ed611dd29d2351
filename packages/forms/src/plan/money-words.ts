import { fold } from "./fold.ts";

/** The currency a text names by code or sign; "$" alone is many currencies. */
export function currencyIn(text: string): string | undefined {
  const code =
    /\b(USD|EUR|GBP|CAD|AUD|NZD|CHF|SEK|NOK|DKK|PLN|CZK|HUF|INR|SGD|HKD|JPY|BRL|MXN|ZAR|AED)\b/u.exec(
      text,
    );
  if (code?.[1] !== undefined) return code[1];
  if (text.includes("€") || /\beuros?\b/iu.test(text)) return "EUR";
  if (text.includes("£") || /\b(pounds?( sterling)?|livres? sterling)\b/iu.test(text)) return "GBP";
  if (/\b(swiss francs?|franken|francs suisses|CHF)\b/iu.test(text)) return "CHF";
  if (/\b(zloty(ch)?|złotych|zł|PLN)(?!\p{L})/iu.test(text)) return "PLN";
  if (/\b(AU|A)\$|\baustralian dollars?\b/iu.test(text)) return "AUD";
  if (/\b(CA|C)\$|\bcanadian dollars?\b/iu.test(text)) return "CAD";
  return /US\$|\bU\.?S\.? dollars?\b/iu.test(text) ? "USD" : undefined;
}

export type PayPeriod = "year" | "month" | "week" | "day" | "hour";

/** In the languages the vocabulary knows; undefined where a text names none. */
export function periodIn(text: string): PayPeriod | undefined {
  const plain = fold(text);
  return periods.find(([, words]) => words.test(plain))?.[0];
}

const periods: readonly (readonly [PayPeriod, RegExp])[] = [
  [
    "year",
    /\b(annual(ly|i[sz]ed)?|yearly|year|annum|p\.?a\.?|jahr(es\w*|lich\w*)?|annuel\w*|annee|(par|l'|\/) ?an|anual(es|is)?|(por|al|ao|\/) ?ano|annual[ei]|annu[oai]|anno|jaar\w*|roczn\w*|na rok)\b/u,
  ],
  [
    "month",
    /\b(month(ly)?|monat(s\w*|lich\w*)?|mois|mensuel\w*|mensual(es)?|(por|al|ao|\/) ?mes|mensa(l|is)|mensil[ei]|mese|maand\w*|miesi[ae]c\w*)\b/u,
  ],
  ["week", /\b(week(ly)?|woche\w*|wochentlich\w*|semaine|semana(l)?|settimana(le)?|tygod\w*)\b/u],
  [
    "day",
    /\b(daily|day|tag(es\w*)?|taglich|jour(nalier)?|dia(ri[oa])?|giorn\w+|dag(tarief)?|dzien\w*)\b/u,
  ],
  [
    "hour",
    /\b(hour(ly)?|stunde\w*|heure|horaire|hora|ora(ri[oa])?|uur(loon|tarief)?|godzin\w*)\b/u,
  ],
];
