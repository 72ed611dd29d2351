import { everyCaseOr } from "@valet/testkit";
import { expect, test } from "vitest";
import { parseResume } from "../parse-resume.ts";
import { essenceOf } from "./essence-of.fixture.ts";
import { layouts, printLayout } from "./layouts.fixture.ts";
import { makePerson } from "./people.fixture.ts";
import { specialLayouts } from "./special-layouts.fixture.ts";

const seeds = Array.from({ length: everyCaseOr(60, 3) }, (_, index) => index + 1);

const families = Object.entries({ ...layouts, ...specialLayouts });

test.each(families)("%s: what stands there is read", async (_name, layout) => {
  for (const seed of seeds) {
    const person = makePerson(seed);
    const { resume } = await parseResume(await printLayout(layout, person));
    const { basics, work = [], education, skills = [] } = resume;
    const { name, email, phone, url, profiles = [] } = basics;
    expect({ seed, name, email, phone, url }).toEqual({
      seed,
      name: person.name,
      email: person.email,
      phone: person.phone,
      url: `https://${person.user}.dev`,
    });
    expect([seed, ...profiles.map(({ username }) => username)]).toEqual([seed, person.user]);
    const positions = layout.work?.(person.work) ?? person.work;
    expect([seed, ...work.map(essenceOf)]).toEqual([seed, ...positions.map(essenceOf)]);
    expect([seed, education]).toEqual([seed, person.education]);
    const keywords = person.skills.flatMap((group) => group.keywords);
    const read = layout.hasPlainSkills === true ? skills.map((skill) => skill.name) : skills;
    expect([seed, read]).toEqual([seed, layout.hasPlainSkills === true ? keywords : person.skills]);
  }
});
