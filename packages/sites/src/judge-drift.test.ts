import { expect, test } from "vitest";
import { judgeDrift } from "./judge-drift.ts";
import type { RecognisedPage } from "./recognise-page.ts";

const form = { kind: "open", page: "form" } as const;
const posting = { kind: "open", page: "posting" } as const;

function hook(name: string, isSeen: boolean): RecognisedPage["hooks"][number] {
  return { name, selector: `#${name}`, on: "form", isSeen };
}

function page(given: Partial<RecognisedPage>): RecognisedPage {
  return { site: "lever", by: "address", on: "form", hooks: [], ...given };
}

test("a page with all its hooks holds, one that lost some says which", () => {
  const hooks = [hook("submit", true), hook("resume", true)];
  expect(judgeDrift({ recognised: page({ hooks }), liveness: form })).toEqual({ kind: "holds" });
  const fewer = [hook("submit", true), hook("resume", false)];
  expect(judgeDrift({ recognised: page({ hooks: fewer }), liveness: form })).toEqual({
    kind: "drifted",
    missing: ["resume"],
  });
});

test("an open form without any hook falls back to the site that nobody knows", () => {
  const recognised = page({ on: "unknown", hooks: [hook("submit", false)] });
  expect(judgeDrift({ recognised, liveness: form })).toEqual({ kind: "falls_back" });
  expect(judgeDrift({ recognised, liveness: posting })).toEqual({ kind: "falls_back" });
});

test("a posting of a site whose postings have no hooks is not checked", () => {
  const recognised = page({ site: "bamboohr", on: "unknown" });
  const unchecked = { kind: "unchecked", why: "posting" };
  expect(judgeDrift({ recognised, liveness: posting })).toEqual(unchecked);
});

test("a page that is not open, or was never drawn, tells nothing", () => {
  const recognised = page({ on: "unknown", hooks: [hook("submit", false)] });
  const closed = { kind: "closed", by: "words" } as const;
  const why = (liveness: Parameters<typeof judgeDrift>[0]["liveness"]) =>
    judgeDrift({ recognised, liveness });
  expect(why(closed)).toEqual({ kind: "unchecked", why: "not_open" });
  expect(why({ kind: "unknown" })).toEqual({ kind: "unchecked", why: "not_drawn" });
});

test("a site that nobody knows has no adapter", () => {
  const recognised = page({ site: "generic", by: "nothing", on: "unknown" });
  expect(judgeDrift({ recognised, liveness: form })).toEqual({ kind: "no_adapter" });
});
