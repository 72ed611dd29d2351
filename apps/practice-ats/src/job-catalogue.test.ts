import { expect, test } from "vitest";

import { findJob, jobVariants } from "./job-catalogue.ts";

test("every variant exists with and without a number, and each number is a job of its own", () => {
  for (const variant of jobVariants) {
    expect(findJob(variant.name)?.variant).toBe(variant);
    expect(findJob(`${variant.name}-12`)).toMatchObject({ name: `${variant.name}-12`, variant });
  }
});

test("any other name is no job", () => {
  for (const name of [
    "missing",
    "missing-1",
    "engineer-",
    "engineer-x",
    "engineer-1-2",
    "-1",
    "",
  ]) {
    expect(findJob(name)).toBeUndefined();
  }
});
