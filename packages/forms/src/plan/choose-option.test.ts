import type { Meaning } from "@valet/contracts";
import { describe, expect, test } from "vitest";
import { chooseOption, placesNotElsewhere } from "./choose-option.ts";

function choose(wanted: string, options: readonly string[], meaning: Meaning = "question") {
  return chooseOption({ options, wanted, meaning });
}

test("an option is never chosen because it contains the wanted word", () => {
  expect(choose("Male", ["Female", "Non-binary"], "eeo.gender")).toBeUndefined();
  expect(choose("Male", ["Female", "Male", "Decline"], "eeo.gender")).toBe("Male");
  expect(choose("Male", ["Female", "Male-to-female transgender"], "eeo.gender")).toBeUndefined();
  expect(choose("Asian", ["Asian American", "Caucasian"], "eeo.race")).toBeUndefined();
});

test("case, punctuation and an explanation in brackets do not matter", () => {
  expect(choose("he/him", ["She/her", "He/Him"], "pronouns")).toBe("He/Him");
  expect(choose("White", ["White (Not Hispanic or Latino)", "Asian"], "eeo.race")).toBe(
    "White (Not Hispanic or Latino)",
  );
});

test("yes and no match the one option that begins so", () => {
  expect(choose("No", ["Yes, now", "No, never"])).toBe("No, never");
  expect(choose("No", ["Yes", "N0"])).toBe("N0");
  expect(choose("Yes", ["Yes, as a citizen", "Yes, with a visa", "No"])).toBeUndefined();
  expect(choose("No", ["Not applicable", "None"])).toBeUndefined();
});

test("veteran and disability forms say no in a sentence", () => {
  const options = [
    "I am not a protected veteran",
    "I identify as one or more of the classifications of a protected veteran",
    "I don't wish to answer",
  ];
  expect(choose("No", options, "eeo.veteran")).toBe(options[0]);
  expect(choose("Decline to self-identify", options, "eeo.veteran")).toBe(options[2]);
});

describe("countries and calling codes", () => {
  test.each([
    ["United States", ["Canada", "United States of America"], "United States of America"],
    ["Czechia", ["Czech Republic", "Slovakia"], "Czech Republic"],
    ["Germany", ["DE", "FR"], "DE"],
    ["South Korea", ["Korea, Republic of", "Japan"], "Korea, Republic of"],
  ])("%s in %j", (wanted, options, expected) => {
    expect(choose(wanted, options, "address.country")).toBe(expected);
  });

  test.each([
    ["United States +1", ["Canada +1", "United States +1"], "United States +1"],
    ["United Kingdom +44", ["+1", "+44"], "+44"],
    ["United States +1", ["US (+1)", "CA (+1)"], "US (+1)"],
  ])("%s in %j", (wanted, options, expected) => {
    expect(choose(wanted, options, "phone.countryCode")).toBe(expected);
  });

  test("a calling code that two countries share decides nothing", () => {
    expect(choose("+1", ["Canada +1", "United States +1"], "phone.countryCode")).toBeUndefined();
  });
});

test("a state is known by name and by code", () => {
  expect(choose("California", ["CA", "CO"], "address.region")).toBe("CA");
  expect(choose("CA", ["California", "Colorado"], "address.region")).toBe("California");
  expect(choose("Québec", ["ON", "QC"], "address.region")).toBe("QC");
});

test("a place must not contradict the country or the region", () => {
  const options = ["Oakland, California, United States", "Oakland, Oregon, United States"];
  expect(choose("Oakland, California, United States", options, "location")).toBe(options[0]);
  expect(choose("Oakland", options, "location")).toBeUndefined();
  expect(choose("Oakland, Canada", options, "location")).toBeUndefined();
  // Alone on the list it is still the Oakland of another state.
  expect(
    choose("Oakland, California, United States", ["Oakland, NJ, USA"], "location"),
  ).toBeUndefined();
  expect(placesNotElsewhere(["Oakland, NJ, USA", "Oakland"], "Oakland, California")).toEqual([
    "Oakland",
  ]);
});

test("years fall into one range or none", () => {
  const ranges = ["Less than 1 year", "1-3 years", "4-6 years", "7+ years"];
  expect(choose("6", ranges, "work.yearsOfExperience")).toBe("4-6 years");
  expect(choose("9", ranges, "work.yearsOfExperience")).toBe("7+ years");
  expect(choose("3", ["1-3 years", "3-5 years"], "work.yearsOfExperience")).toBeUndefined();
});

test("a sex has several plain names and no near ones", () => {
  expect(choose("Male", ["Woman", "Man", "Other"], "eeo.gender")).toBe("Man");
  expect(choose("Female", ["Mujer", "Hombre"], "eeo.gender")).toBe("Mujer");
  expect(choose("Male", ["Trans man", "Female"], "eeo.gender")).toBeUndefined();
});

test("yes and no are known in several languages, statements are not taken for them", () => {
  expect(choose("Yes", ["Ja", "Nein"])).toBe("Ja");
  expect(choose("No", ["Oui", "Non"])).toBe("Non");
  expect(choose("Yes", ["True", "False"])).toBe("True");
  expect(choose("Yes", ["I am a citizen", "I need a visa"])).toBeUndefined();
});

test("facts of study and work take the option that shares most words, by a clear margin", () => {
  const schools = ["University of Pier", "Pier Harbour University", "Harbour College"];
  expect(choose("Harbour University, Pier", schools, "education.school")).toBe(schools[1]);
  expect(
    choose("Pier University", ["Pier University A", "Pier University B"], "education.school"),
  ).toBeUndefined();
  expect(choose("Asian", ["Asian or Asian American"], "eeo.race")).toBeUndefined();
  expect(choose("BSc", ["High School", "Bachelor's Degree", "Master's"], "education.degree")).toBe(
    "Bachelor's Degree",
  );
});
