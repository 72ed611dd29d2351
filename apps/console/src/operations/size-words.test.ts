import { expect, test } from "vitest";
import { sizeWords } from "./size-words.ts";

test("memory is told as one reads it", () => {
  expect([null, 0, 431_000_000, 3_500_000_000].map(sizeWords)).toEqual([
    "–",
    "0 MB",
    "411 MB",
    "3.3 GB",
  ]);
});
