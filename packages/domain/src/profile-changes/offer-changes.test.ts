import type { ParsedResume, ReadFrom } from "@valet/contracts";
import { expect, test } from "vitest";
import { acceptChanges, keepSources } from "./accept-changes.ts";
import { offerChanges } from "./offer-changes.ts";

const resumeId = "6a1f6a5e-6a56-4a0e-9f6b-6f0a3f5d7c11";
const by = { resumeId, acceptedAt: "2026-11-23T08:00:00Z" };
const from = (paragraph: number, text: string): ReadFrom => ({ paragraph, text, confidence: 0.9 });
const parsed: ParsedResume = {
  resume: {
    basics: {},
    work: [
      { name: "Engines Ltd", position: "Engineer" },
      { name: "Gauges Ltd", position: "Engineer" },
    ],
  },
  sources: {
    "/work/0/name": from(1, "Engines Ltd"),
    "/work/0/position": from(1, "Engineer"),
    "/work/1/name": from(2, "Gauges Ltd"),
    "/work/1/position": from(2, "Engineer"),
  },
};
const nothing = { profile: {}, sources: {} };

/** With the first of its employers taken over, and then called otherwise by the person. */
function corrected() {
  const offered = offerChanges(nothing, { parsed, resumeId });
  const taken = acceptChanges(nothing, offered.slice(0, 1), by);
  const profile = { work: [{ name: "Analytical Engines", position: "Engineer" }] };
  return { profile, sources: keepSources(taken, profile) };
}

test("an entry that was taken over and then called otherwise is not offered as a second one", () => {
  const offered = offerChanges(corrected(), { parsed, resumeId });
  expect(offered.map(({ to }) => to)).toEqual([{ name: "Gauges Ltd", position: "Engineer" }]);
  const { profile } = acceptChanges(corrected(), offered, by);
  expect(profile.work).toHaveLength(2);
});

test("another résumé, and one of which nothing was taken, offer it as new", () => {
  const other = "6a1f6a5e-6a56-4a0e-9f6b-6f0a3f5d7c12";
  expect(offerChanges(corrected(), { parsed, resumeId: other })).toHaveLength(2);
  expect(offerChanges({ ...corrected(), sources: {} }, { parsed, resumeId })).toHaveLength(2);
});
