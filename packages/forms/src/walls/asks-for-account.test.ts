import { expect, test } from "vitest";
import { asksForAccount } from "./asks-for-account.ts";

const password = { kind: "password", visible: true, required: true } as const;

test("only a password that is shown and insisted on asks for an account", () => {
  expect(asksForAccount([password])).toBe(true);
  expect(asksForAccount([{ ...password, required: false }])).toBe(false);
  expect(asksForAccount([{ ...password, visible: false }])).toBe(false);
  expect(asksForAccount([{ ...password, kind: "text" }])).toBe(false);
});
