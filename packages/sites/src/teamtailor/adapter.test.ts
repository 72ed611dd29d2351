import { expect, test } from "vitest";
import type { FormPage } from "@valet/forms";
import { teamtailorAdapter } from "./adapter.ts";

type Field = FormPage["fields"][number];

const line: Field = {
  id: "candidate_resume_remote_url",
  frame: "https://northwind.teamtailor.com/jobs/7/applications/new",
  selector: "#candidate_resume_remote_url",
  label: "Resume",
  kind: "text",
  meaning: "unknown",
  confidence: 0,
  required: true,
  options: [],
  visible: true,
  policy: "ask",
  why: "",
};

function form(...fields: Field[]): FormPage {
  const { frame: url } = line;
  return { url, title: "", signature: "", fields, target: null, buttons: {}, alerts: 0 };
}

test("a form is whole once there is a place for a file, whatever line asks for its address", () => {
  expect(teamtailorAdapter.isWhole?.(form(line))).toBe(false);
  expect(teamtailorAdapter.isWhole?.(form(line, { ...line, kind: "file" }))).toBe(true);
  expect(teamtailorAdapter.isWhole?.(form({ ...line, kind: "file", policy: "never" }))).toBe(false);
});
