import { expect, test } from "vitest";

import { seededPosting } from "../postings/seeded-posting.ts";
import { workdaySteps } from "./workday-form.ts";

test("every posting begins with the person, ends with the review and numbers no field twice", () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const steps = workdaySteps(seededPosting(seed));
    const ids = steps.flatMap(({ fields }) => fields.map(({ id }) => id));
    expect(steps.at(0)?.name).toBe("info");
    expect(steps.at(-1)?.name).toBe("review");
    expect(new Set(ids).size).toBe(ids.length);
  }
});
