import { describe, expect, test } from "vitest";
import { closedPolicy } from "./gate-policy.ts";
import type { HeldRequest } from "./judge-request.ts";
import { looksLikeApplication, pressDigestOf } from "./press.ts";

const values = ["Ada Lovelace", "ada@example.com", "Springfield"];
const apply = "https://jobs.example.com/apply";

const request = (given: Partial<HeldRequest>): HeldRequest => ({
  method: "POST",
  url: apply,
  resourceType: "Fetch",
  isRedirected: false,
  ...given,
});

describe("what looks like the application", () => {
  test.each<[boolean, string, Partial<HeldRequest>]>([
    [true, "a form that the browser itself sends", { resourceType: "Document" }],
    [true, "a form sent as a GET", { ...get("?e=ada%40example.com"), resourceType: "Document" }],
    [true, "a script's POST of several values", { body: '["Ada Lovelace","ada@example.com"]' }],
    [false, "a script's POST of one value", { body: '["ada@example.com"]' }],
    [false, "a page that is asked for", { ...get(""), resourceType: "Document" }],
    [false, "a script's question", get("?city=Springfield&q=Ada+Lovelace")],
    [false, "a redirect", { resourceType: "Document", isRedirected: true }],
    [
      false,
      "a captcha's own traffic",
      { url: "https://hcaptcha.com/checkcaptcha", resourceType: "Document" },
    ],
  ])("%s: %s", (expected, _, given) => {
    expect(looksLikeApplication(request(given), { policy: closedPolicy, values })).toBe(expected);
  });

  test("on a site that is known it is the known request alone", () => {
    const policy = {
      passes: [{ method: "POST" as const, address: "/autosave$" }],
      submits: [{ method: "POST" as const, address: "/apply$" }],
    };
    const body = values.join(" ");
    const looks = (given: Partial<HeldRequest>) =>
      looksLikeApplication(request({ body, ...given }), { policy, values });
    expect(looks({})).toBe(true);
    expect(looks({ url: "https://jobs.example.com/autosave" })).toBe(false);
    expect(looks({ url: "https://jobs.example.com/events" })).toBe(false);
  });
});

function get(query: string): Partial<HeldRequest> {
  return { method: "GET", url: `${apply}${query}` };
}

describe("the digest of a press", () => {
  const payload = {
    method: "POST",
    url: apply,
    contentType: "multipart/form-data",
    entries: [
      { name: "email", value: "ada@example.com" },
      { name: "resume", fileName: "ada.pdf" },
      { name: "g-recaptcha-response", value: "first" },
    ],
  };
  const withEntry = (index: number, entry: (typeof payload.entries)[number]) =>
    pressDigestOf({ ...payload, entries: payload.entries.with(index, entry) });

  test("is the same where only a captcha's answer is new", () => {
    const again = withEntry(2, { name: "g-recaptcha-response", value: "second" });
    expect(again).toBe(pressDigestOf(payload));
  });

  test.each([
    ["value", withEntry(0, { name: "email", value: "eve@example.com" })],
    ["name", withEntry(0, { name: "mail", value: "ada@example.com" })],
    ["file", withEntry(1, { name: "resume", fileName: "eve.pdf" })],
    ["file in place of a text", withEntry(1, { name: "resume", value: "ada.pdf" })],
    ["address", pressDigestOf({ ...payload, url: `${apply}?x=1` })],
    ["method", pressDigestOf({ ...payload, method: "PUT" })],
    ["order", pressDigestOf({ ...payload, entries: payload.entries.toReversed() })],
    ["missing entry", pressDigestOf({ ...payload, entries: payload.entries.slice(1) })],
  ])("is another one with another %s", (_, other) => {
    expect(other).not.toBe(pressDigestOf(payload));
  });
});
