import type { FormSnapshot, SnapshotField } from "@valet/contracts";
import { expect, test } from "vitest";
import { isSameForm } from "./same-form.ts";

const jobUrl = "https://jobs.example.com/0b1c2d3e-0000-4000-8000-00000000000a";
const visit = "7d3c1f6a-1111-4111-8111-000000000001";
const otherVisit = "9e8f7a6b-2222-4222-8222-000000000002";
const applyAt = (id: string) => `https://jobs.example.com/apply/${id}/questions`;

const email: SnapshotField = {
  id: "email",
  label: "Email",
  kind: "email",
  meaning: "email",
  required: true,
  visible: true,
  value: "ada@example.com",
  source: "profile",
  confidence: 1,
};

function formAt(address: string, fields: readonly SnapshotField[] = [email]): FormSnapshot {
  const target = { action: address, method: "post", encoding: "multipart/form-data" };
  const page = { page: 1, url: address, target, fields: [...fields] };
  return { version: 1, jobKey: "jobs.example.com/a", pages: [page] };
}

const before = formAt(applyAt(visit));

test("the same form on another visit is the same form", () => {
  expect(isSameForm(before, formAt(applyAt(otherVisit)), jobUrl)).toBe(true);
});

test.each<[string, FormSnapshot]>([
  ["value", formAt(applyAt(visit), [{ ...email, value: "eve@example.com" }])],
  ["label", formAt(applyAt(visit), [{ ...email, label: "Manager's email" }])],
  ["additional field", formAt(applyAt(visit), [email, { ...email, id: "second" }])],
  ["host", formAt(`https://elsewhere.example.com/apply/${visit}/questions`)],
  ["place on the site", formAt(`https://jobs.example.com/apply/${visit}/contact`)],
])("another %s is another form", (_, now) => {
  expect(isSameForm(before, now, jobUrl)).toBe(false);
});

test("the number of the job is not the number of a visit", () => {
  const ours = formAt(`${jobUrl}/application`);
  const other = formAt(`https://jobs.example.com/${otherVisit}/application`);
  expect(isSameForm(ours, other, jobUrl)).toBe(false);
});
