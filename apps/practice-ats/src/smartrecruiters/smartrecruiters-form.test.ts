import { expect, test } from "vitest";

import { seededPosting } from "../postings/seeded-posting.ts";
import { smartRecruitersForm } from "./smartrecruiters-form.ts";

test("no two fields of a form share an id, and the e-mail address is asked twice", () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const { personal, screening } = smartRecruitersForm(seededPosting(seed));
    const ids = [...personal, ...screening].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(["email", "confirm-email", "resume"]));
  }
});
