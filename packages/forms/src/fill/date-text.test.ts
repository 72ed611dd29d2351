import { expect, test } from "vitest";
import { formatDay, parseDay } from "./date-text.ts";

const day = { year: 2027, month: 2, day: 15 };

test.each(["2027-02-15", "15/02/2027", "02/15/2027", "15 Feb 2027", "Monday, February 15th, 2027"])(
  "%s is read as a day",
  (text) => {
    expect(parseDay(text)).toEqual(day);
  },
);

test.each(["03/11/2027", "20270215", "2027-02-30", "15/02", "A15 20191105"])(
  "%s is not taken for a day",
  (text) => {
    expect(parseDay(text)).toBeUndefined();
  },
);

test("a day whose parts could be mixed up is read by the order of its field", () => {
  expect(parseDay("03/11/2027", "dmy")).toEqual({ year: 2027, month: 11, day: 3 });
  expect(parseDay("03/11/2027", "mdy")).toEqual({ year: 2027, month: 3, day: 11 });
});

test("a day is written in the notation of its field", () => {
  expect(formatDay(day, "dd.mm.yyyy")).toBe("15.02.2027");
  expect(formatDay(day, "mm/dd/yyyy")).toBe("02/15/2027");
});
