import { expect, test } from "vitest";
import { safeReturn } from "./safe-return.ts";

test("after signing in one is where one was, and nowhere else than here", () => {
  expect(safeReturn("/applications/1?tab=events#e5")).toBe("/applications/1?tab=events#e5");
  for (const elsewhere of [
    undefined,
    "",
    "https://example.com",
    "//example.com",
    "/\\example.com",
    "javascript:alert(1)",
    "/sign-in?from=/",
  ]) {
    expect(safeReturn(elsewhere)).toBe("/");
  }
});
