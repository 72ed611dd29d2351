import { expect, test } from "vitest";
import { readPayload } from "./read-payload.ts";

const url = "https://jobs.example.com/apply";

test("a multipart form is its parts in order, and a file is its name", () => {
  const text = [
    "--X",
    'Content-Disposition: form-data; name="name"',
    "",
    "Ada Example",
    "--X",
    'Content-Disposition: form-data; name="letter"',
    "",
    "First line",
    "",
    "Third line",
    "--X",
    'Content-Disposition: form-data; name="resume"; filename="cv.pdf"',
    "Content-Type: application/pdf",
    "",
    "",
    "--X--",
    "",
  ].join("\r\n");
  expect(readPayload({ url, contentType: "multipart/form-data; boundary=X", text })).toEqual([
    { name: "name", value: "Ada Example" },
    { name: "letter", value: "First line\r\n\r\nThird line" },
    { name: "resume", fileName: "cv.pdf" },
  ]);
});

test("an encoded form and a query are their pairs, also where a name comes twice", () => {
  const contentType = "application/x-www-form-urlencoded";
  const text = "skill=TypeScript&skill=SQL&note=a%26b+c";
  expect(readPayload({ url: `${url}?job=42`, contentType, text })).toEqual([
    { name: "job", value: "42" },
    { name: "skill", value: "TypeScript" },
    { name: "skill", value: "SQL" },
    { name: "note", value: "a&b c" },
  ]);
});

test("JSON is its leaves under their pointers, whatever type it claims", () => {
  const text = JSON.stringify({ "a/b": [{ name: "Ada" }, { remote: true, years: 7, note: null }] });
  const expected = [
    { name: "/a~1b/0/name", value: "Ada" },
    { name: "/a~1b/1/remote", value: "true" },
    { name: "/a~1b/1/years", value: "7" },
    { name: "/a~1b/1/note", value: "null" },
  ];
  expect(readPayload({ url, contentType: "application/json", text })).toEqual(expected);
  expect(readPayload({ url, contentType: "text/plain;charset=UTF-8", text })).toEqual(expected);
});

test("any other text is one entry, and nothing is none", () => {
  expect(readPayload({ url, contentType: "text/plain", text: "a; b" })).toEqual([
    { name: "", value: "a; b" },
  ]);
  expect(readPayload({ url, contentType: "", text: "" })).toEqual([]);
});
