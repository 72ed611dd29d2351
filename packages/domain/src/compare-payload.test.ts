import type { SnapshotField } from "@valet/contracts";
import { expect, test } from "vitest";
import { comparePayload } from "./compare-payload.ts";

const held = (label: string, given: Partial<SnapshotField>): SnapshotField => ({
  id: label,
  label,
  kind: "text",
  meaning: "question",
  required: true,
  visible: true,
  value: null,
  source: "profile",
  confidence: 1,
  ...given,
});

const fields = [
  held("Name", { value: "Ada  Example" }),
  held("Skills", { value: ["TypeScript", "SQL"] }),
  held("Country", { value: "United States" }),
  held("Résumé", { file: { name: "cv.pdf", sha256: "00" } }),
  held("Agree", { kind: "checkbox", value: true }),
  held("Nickname", { value: "" }),
];

test("what the request lacks and what it has besides are named; a changed order or spacing is neither", () => {
  const entries = [
    { name: "resume", fileName: "cv.pdf" },
    { name: "skill", value: "SQL" },
    { name: "skill", value: "TypeScript" },
    { name: "name", value: "Ada Example" },
    { name: "country", value: "US" },
    { name: "token", value: "f00" },
    { name: "empty", value: "" },
  ];
  expect(comparePayload(fields, entries)).toEqual({
    notCarried: ["Country"],
    beyondTheForm: ["country", "token"],
  });
});

test("one missing choice of several, or another file, is not carried", () => {
  const entries = [
    { name: "name", value: "Ada Example" },
    { name: "skill", value: "SQL" },
    { name: "resume", fileName: "other.pdf" },
  ];
  expect(comparePayload(fields, entries)).toEqual({
    notCarried: ["Skills", "Country", "Résumé"],
    beyondTheForm: ["resume"],
  });
});
