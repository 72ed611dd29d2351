import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { fileSeconds } from "./file-seconds.ts";
import { repositoryPath } from "./repository-file.ts";

test("the files that begin a run are there", () => {
  const gone = Object.keys(fileSeconds).filter((path) => !existsSync(repositoryPath(path)));
  expect(gone).toEqual([]);
  expect(Object.keys(fileSeconds).length).toBeGreaterThan(20);
});
