import { expect, test } from "vitest";
import { dateInFormat, namesDateFormat } from "./date-format.ts";

test.each([
  ["Date of birth (MM/DD/YYYY)", "06/28/2027"],
  ["Date of birth (dd/mm/yyyy)", "28/06/2027"],
  ["Geburtsdatum (TT.MM.JJJJ)", "28.06.2027"],
  ["Date de naissance (jj/mm/aaaa)", "28/06/2027"],
  ["Data di nascita (gg/mm/aaaa)", "28/06/2027"],
  ["Data urodzenia (dd-mm-rrrr)", "28-06-2027"],
  ["Start (YYYY-MM-DD)", "2027-06-28"],
  ["From (MM/YY)", "06/27"],
])("%s", (label, expected) => {
  expect(dateInFormat(label, "2027-06-28")).toBe(expected);
});

test("a part that is not stored is not made up, and other words are no format", () => {
  expect(dateInFormat("Start (MM/DD/YYYY)", "2027-06")).toBeUndefined();
  expect(dateInFormat("Start (MM/YYYY)", "2027-06")).toBe("06/2027");
  expect(dateInFormat("Start (MM/YYYY)", "2027")).toBeUndefined();
  expect(namesDateFormat("Mr/Ms, as in your passport")).toBe(false);
  expect(namesDateFormat("Do you work day/night shifts?")).toBe(false);
});
