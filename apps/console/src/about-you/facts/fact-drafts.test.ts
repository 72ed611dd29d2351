import { expect, test } from "vitest";
import { draftOf, overtakenParts, typedSince, withDraft } from "./fact-drafts.ts";
import type { FactValues, PermitValues } from "./fact-values.ts";

const us: PermitValues = { country: "US", authorized: "yes", sponsorship: "", status: "" };
const none: FactValues = {
  fields: { city: "Denver", phone: "" },
  permits: [],
  citizenships: [],
  saysLists: false,
  completeLists: [],
};
const saying = (fields: Record<string, string>, others: Partial<FactValues> = {}): FactValues => ({
  ...none,
  ...others,
  fields: { ...none.fields, ...fields },
});

test("what was typed stands over what is saved, and what was saved elsewhere meanwhile stays", () => {
  const draft = draftOf(saying({ phone: "1" }), none, undefined);
  expect(withDraft(none, undefined)).toBe(none);
  expect(withDraft(saying({ city: "Boulder" }, { permits: [us] }), draft)).toEqual(
    saying({ city: "Boulder", phone: "1" }, { permits: [us] }),
  );
  const rows = draftOf(saying({}, { permits: [us] }), none, undefined);
  expect(withDraft(saying({ city: "Boulder" }), rows)).toEqual(
    saying({ city: "Boulder" }, { permits: [us] }),
  );
});

test("nothing is left to save once it is typed back, or saved", () => {
  expect(draftOf(saying({}), none, undefined)).toBeUndefined();
  const typed = saying({ phone: "1" });
  expect(typedSince(typed, typed, saying({ phone: "+1" }))).toBeUndefined();
  const since = typedSince(saying({ phone: "12" }), typed, typed);
  expect(withDraft(typed, since)).toEqual(saying({ phone: "12" }));
});

test("what was saved elsewhere after it was begun here is named, and nothing else is", () => {
  const begun = draftOf(saying({ phone: "1" }), none, undefined);
  expect(overtakenParts(none, begun)).toEqual([]);
  expect(overtakenParts(saying({ city: "Boulder" }), begun)).toEqual([]);
  expect(overtakenParts(saying({ phone: "1" }), begun)).toEqual([]);
  const now = saying({ phone: "2" });
  expect(overtakenParts(now, begun)).toEqual(["phone"]);
  const longer = draftOf(saying({ phone: "12" }), now, begun);
  expect(overtakenParts(now, longer)).toEqual(["phone"]);
  expect(overtakenParts(now, undefined)).toEqual([]);
});
