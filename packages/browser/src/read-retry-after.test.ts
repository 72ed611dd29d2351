import { expect, test } from "vitest";
import { readRetryAfter } from "./read-retry-after.ts";

const now = Date.parse("2026-11-23T12:00:00Z");

test.each([
  [{ "Retry-After": "120" }, 120],
  [{ "retry-after": " 0 " }, 0],
  [{ "Retry-After": "Mon, 23 Nov 2026 12:01:30 GMT" }, 90],
  [{ "Retry-After": "Mon, 23 Nov 2026 11:00:00 GMT" }, 0],
  [{ "Retry-After": "soon" }, undefined],
  [{ "Retry-After": "-5" }, undefined],
  [{ "Retry-After": "1.5" }, undefined],
  [{ "content-type": "text/html" }, undefined],
])("%j asks to wait %s seconds", (headers, seconds) => {
  expect(readRetryAfter(headers, now)).toBe(seconds);
});
