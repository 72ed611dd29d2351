import { expect, test } from "vitest";
import { printableText, shorten } from "./printable-text.ts";

test("what could move the cursor or hide text is dropped", () => {
  expect(printableText("a\u001B[31mb\r\nc\u202Ed\u200B\u0007 \t e")).toBe("a[31mb cd e");
});

test("shortening counts what a person sees as one character", () => {
  expect(shorten("Résumé", 6)).toBe("Résumé");
  expect(shorten("Résumé", 4)).toBe("Rés…");
  expect(shorten("👩‍💻👩‍💻👩‍💻", 2)).toBe("👩‍💻…");
  expect(shorten("abc", 0)).toBe("");
});
