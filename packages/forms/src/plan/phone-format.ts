import { countriesOfPhone } from "./countries.ts";

/**
 * A stored number the way a label wants it: compact for "E.164", without the country's code where a
 * national or ten-digit number is asked for, otherwise as stored. A number without a country's code is
 * never given one.
 */
export function phoneFor(label: string, phone: string): string {
  if (/\be\.?164\b/iu.test(label) && phone.trim().startsWith("+")) {
    return `+${phone.replace(/\D/gu, "")}`;
  }
  const wantsNational =
    /\bwithout (the )?(country|area|international) code\b|\bno country code\b|\b(national|local) (phone |mobile )?(number|format)\b|\b(10|ten)[- ]digits?\b|\bdigits only\b/iu;
  const owner = countriesOfPhone(phone);
  if (owner === undefined || !wantsNational.test(label)) return phone;
  const national = phone.replace(/\D/gu, "").replace(/^00/u, "").slice(owner.dial.length);
  const isAmerican = owner.dial.startsWith("1");
  return isAmerican || trunkless.has(owner.dial) ? national : `0${national}`;
}

/** Calling codes of countries whose national numbers have no leading zero. */
const trunkless = new Set(["34", "39", "45", "47", "48", "351", "352", "420", "30", "65", "852"]);
