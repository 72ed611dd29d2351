import { expect, test } from "vitest";
import { textOfBody } from "./text-of-body.ts";

const parts = [
  '--b1\r\nContent-Disposition: form-data; name="email"\r\n\r\nada@example.com\r\n',
  '--b1\r\nContent-Disposition: form-data; name="cv"; filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 Ada Example\r\n',
  "--b1--\r\n",
].join("");

test("the typed parts of a form are its text, its file is not", () => {
  const text = textOfBody(parts, "multipart/form-data; boundary=b1");
  expect(text).toContain("ada@example.com");
  expect(text).not.toContain("Ada Example");
});

test.each([
  ["application/json; charset=utf-8", "Ada Example"],
  ["application/x-www-form-urlencoded", "Ada Example"],
  ["text/plain;charset=UTF-8", "Ada Example"],
  ["", "Ada Example"],
  ["application/pdf", ""],
  ["application/octet-stream", ""],
])("of a body that calls itself %s", (type, text) => {
  expect(textOfBody("Ada Example", type)).toBe(text);
});
