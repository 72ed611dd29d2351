import { expect, test } from "vitest";
import { headingKind } from "./heading-words.ts";

test.each([
  ["Work Experience", "work"],
  ["PROFESSIONAL EXPERIENCE:", "work"],
  ["Skills & Expertise", "skills"],
  ["Education / Training", "education"],
  ["2. Berufserfahrung", "work"],
  ["Kenntnisse und Fähigkeiten", "skills"],
  ["Formation", "education"],
  ["Idiomas", "languages"],
  ["W O R K E X P E R I E N C E", "work"],
  ["E D U C AT I O N", "education"],
  ["WORKEXPERIENCE", "work"],
  ["EXPERIENCES PROFESSIONNELLES", "work"],
  ["Certi cations", "certificates"],
  ["Pro le", "summary"],
  ["Projects & Publications", "projects"],
])("%s heads %s", (text, kind) => {
  expect(headingKind(text)).toBe(kind);
});

test.each([
  "Acme Systems GmbH",
  "Experience with Go and Rust in production for many years",
  "Head of Education",
  "Education Officer",
  "a b c d",
])("%s heads nothing", (text) => {
  expect(headingKind(text)).toBeUndefined();
});
