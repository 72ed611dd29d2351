import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { searchForCanaries } from "./search-for-canaries.ts";

const value = 'Zoë Öq/vXk "7" Wren';
const search = searchForCanaries({ name: value, phone: "2025550143" });
const before = ["", "a", "ab"];

test.each<readonly [string, string]>([
  ["as it is", `told ${value}!`],
  ["as it is", `told ${value.toUpperCase()}!`],
  ["as it is", `told ${value.toLowerCase()}!`],
  ["JSON", JSON.stringify({ told: `a ${value}` })],
  ["JSON", String.raw`told Zo\u00eb \u00D6q/vXk \"7\" Wren`],
  ["URL", `/tasks?told=${encodeURIComponent(value)}`],
  ["URL", new URLSearchParams({ told: value }).toString()],
  ["hex", `\\x00${Buffer.from(value).toString("hex")}00`],
  ...before.map((text) => ["base64", base64(`${text}${value} and more`)] as const),
  ...before.map((text) => ["base64", base64(`${text}${value.toLowerCase()}`)] as const),
  ...before.map((text) => ["base64", base64(`${text}${value}?`, "base64url")] as const),
])("a canary is found %s in %j", (form, text) => {
  expect(search.find(text)).toContain(`name (${form})`);
});

test("digits are found in a dump of bytes and in base64, and are named apart from the others", () => {
  expect(search.find("tel:+1-2025550143;")).toContain("phone (as it is)");
  expect(search.find(base64("x=2025550143"))).toEqual(["phone (base64)"]);
});

test("what holds none of them is clean, and what nobody can read is not claimed to be", () => {
  expect(search.find("Zoe Oq/vXk 7 Wren, 202 555 0144")).toEqual([]);
  expect(search.find(gzipSync(value).toString("latin1"))).toEqual([]);
});

test("a canary that is too short to be told from chance is refused", () => {
  expect(() => searchForCanaries({ code: "12345" })).toThrow('"code" is too short');
});

function base64(text: string, kind: "base64" | "base64url" = "base64"): string {
  return Buffer.from(text).toString(kind);
}
