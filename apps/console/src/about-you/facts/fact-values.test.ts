import { Profile } from "@valet/contracts";
import { expect, test } from "vitest";
import { factGroupNames, factGroups } from "./fact-fields.ts";
import { type FactValues, valuesOf, withFields, withLists, withPermits } from "./fact-values.ts";
import { missingFacts } from "./missing-facts.ts";
import { wrongFacts } from "./wrong-facts.ts";

const full: Profile = {
  basics: {
    name: "Ada Example",
    email: "ada@example.com",
    phone: "+1 303 555 0142",
    location: { city: "Denver", countryCode: "US" },
    profiles: [
      { network: "XING", username: "ada" },
      { network: "linkedin", url: "https://www.linkedin.com/in/ada-example" },
    ],
  },
  application: {
    workAuthorization: [{ country: "US", authorized: true, sponsorshipRequired: false }],
    citizenships: ["US"],
    startDate: "2027-01-15",
    noticePeriod: "1 month",
    salary: { expected: 120_000, currency: "USD", period: "year" },
    relocation: { willing: true, locations: ["Bern", "Basel"] },
    travel: "up to 25 %",
    clearance: false,
    previouslyEmployed: ["Example Ltd"],
    referralSource: "A friend",
    demographics: { gender: "decline", caste: "decline" },
    consents: { privacy: true, "talent pool": false },
    completeLists: [],
  },
};

/** As each group would save it, one after the other. */
function saved(profile: Profile, change: (values: FactValues) => FactValues = (same) => same) {
  return factGroupNames.reduce<unknown>((now, name) => {
    const values = change(valuesOf(profile, factGroups[name]));
    if (name === "work") return withPermits(now, values);
    return name === "lists" ? withLists(now, values) : withFields(now, factGroups[name], values);
  }, profile);
}

const typed = (fields: FactValues["fields"]) => (values: FactValues) => ({
  ...values,
  fields: { ...values.fields, ...fields },
});

test("what is saved without a change is what was there, with all that the form does not show", () => {
  expect(saved(full)).toEqual(full);
  expect(saved({}) ?? {}).toEqual({});
});

test("words are kept as the contract has them, and what is emptied leaves nothing behind", () => {
  const fields = {
    application_salary_expected: "85,500",
    application_travel: "No",
    application_clearance: "NATO Secret",
    application_previouslyEmployed: "never",
    application_relocation_locations: "Oslo; Kyōto",
    basics_profiles_GitHub: "github.com/ada",
    application_referralSource: "",
    application_name_first: "עדה",
  };
  const changed = Profile.parse(
    withFields(full, factGroups.terms, typed(fields)(valuesOf(full, factGroups.terms))),
  );
  expect(changed.application).toMatchObject({
    salary: { expected: 85_500, currency: "USD" },
    travel: false,
    relocation: { locations: ["Oslo", "Kyōto"] },
  });
  expect(changed.application).not.toHaveProperty("referralSource");
  expect(saved(full, typed(fields))).toMatchObject({
    basics: { profiles: [{}, {}, { network: "GitHub", url: "https://github.com/ada" }] },
    application: { clearance: "NATO Secret", previouslyEmployed: false, name: { first: "עדה" } },
  });
  const emptied = withFields({ application: { name: { first: "Ada" } } }, factGroups.contact, {
    ...valuesOf({}, factGroups.contact),
  });
  expect(emptied).toBeUndefined();
});

test("what most forms ask for is missing until it is said, and a name of two words says both", () => {
  expect(missingFacts(full)).toEqual([]);
  expect(missingFacts({}).map(({ pointer }) => pointer)).toEqual([
    "/application/name/first",
    "/application/name/last",
    "/basics/email",
    "/basics/phone",
    "/basics/location/city",
    "/basics/location/countryCode",
    "/basics/profiles/LinkedIn",
    "/application/workAuthorization",
    "/application/startDate",
    "/application/noticePeriod",
    "/application/salary/expected",
    "/application/salary/currency",
    "/application/salary/period",
    "/application/referralSource",
    "/application/consents/privacy",
  ]);
  const unclear = { ...full, basics: { ...full.basics, name: "Ada Maria Example" } };
  expect(missingFacts(unclear)).toHaveLength(2);
});

test("what the contract refuses is shown at its own field", () => {
  const values = typed({ basics_email: "ada", basics_profiles_GitHub: "not an address" })(
    valuesOf(full, factGroups.contact),
  );
  const issues =
    Profile.safeParse(withFields(full, factGroups.contact, values)).error?.issues ?? [];
  const wrong = wrongFacts(issues, { fields: factGroups.contact, values });
  expect(Object.keys(wrong.fields ?? {})).toEqual(["basics_email", "basics_profiles_GitHub"]);
  const permits = [{ country: "", authorized: "yes", sponsorship: "", status: "" }];
  const rows = { ...values, permits };
  const refused = Profile.safeParse(withPermits({}, rows)).error?.issues ?? [];
  expect(wrongFacts(refused, { fields: [], values: rows }).permits).toMatchObject([
    { country: { type: "contract" } },
  ]);
});
