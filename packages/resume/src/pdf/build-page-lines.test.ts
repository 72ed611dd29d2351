import { expect, test } from "vitest";
import { buildPageLines } from "./build-page-lines.ts";

const size = 10;
const style = { font: "Mono", size, isBold: false, isItalic: false };

/** Words one after the other, each letter and each space as wide as told. */
function row(words: readonly string[], width: (word: string) => number) {
  let left = 50;
  return words.map((text) => {
    const right = left + text.length * width(text);
    const run = { text, style, baseline: 100, box: { left, right, top: 92, bottom: 102 } };
    left = right + 6.5;
    return run;
  });
}

test("between letters of one width a space of that width sets nothing apart", () => {
  const [line] = buildPageLines(
    row(["Senior", "Software", "Developer"], () => 6),
    1,
  );
  expect(line?.text).toBe("Senior Software Developer");
});

test("between letters of several widths the same space does", () => {
  const [line] = buildPageLines(
    row(["Git", "Docker", "Rust"], (word) => word.length),
    1,
  );
  expect(line?.text).toBe("Git  Docker  Rust");
});
