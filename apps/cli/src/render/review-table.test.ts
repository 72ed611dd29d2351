import type { SnapshotField } from "@valet/contracts";
import pc from "picocolors";
import { expect, test } from "vitest";
import { reviewTable } from "./review-table.ts";

const field: SnapshotField = {
  id: "f1",
  label: "First name",
  kind: "text",
  meaning: "name.first",
  required: true,
  visible: true,
  value: "Ada",
  source: "profile",
  confidence: 1,
};

const longAnswer = "because ".repeat(40).trim();

const fields: readonly SnapshotField[] = [
  field,
  { ...field, id: "f2", label: "Privacy", kind: "checkbox", value: true },
  { ...field, id: "f3", label: "Languages", kind: "checkbox-group", value: ["Go", "Rust"] },
  { ...field, id: "f4", label: "Cover letter", required: false, value: null, source: null },
  {
    ...field,
    id: "f5",
    label: "Résumé",
    kind: "file",
    value: null,
    file: { name: "ada-example.pdf", sha256: "0".repeat(64) },
    source: "resume",
  },
];

test("every field is shown with its value and where that comes from", () => {
  expect(reviewTable(fields, { colors: pc.createColors(false), width: 100 }))
    .toMatchInlineSnapshot(`
    "field         value            source   id
    First name *  Ada              profile  f1
    Privacy *     yes (ticked)     profile  f2
    Languages *   Go, Rust         profile  f3
    Cover letter  (empty)          –        f4
    Résumé *      ada-example.pdf  resume   f5"
  `);
});

test("a value is never shortened, since the person approves exactly it", () => {
  const table = reviewTable([{ ...field, value: longAnswer }], {
    colors: pc.createColors(false),
    width: 40,
  });
  expect(table).toContain(longAnswer);
});
