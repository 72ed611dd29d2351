import { Profile } from "@valet/contracts";
import { expect, test } from "vitest";
import { demoProfile } from "./demo-profile.ts";

test("the demo profile is a valid profile and nothing of it is dropped", () => {
  expect(Profile.parse(demoProfile)).toEqual(demoProfile);
});
