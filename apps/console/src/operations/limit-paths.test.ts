import { Limits } from "@valet/contracts";
import { expect, test } from "vitest";
import { everybodyPaths, flatLimits, ownPaths, parseLimit, withLimit } from "./limit-paths.ts";

const said: Limits = { live: 8, hosts: { "jobs.example.com": { perMinute: 2, live: 1 } } };

test("limits are listed by where they stand, and one is set or removed without touching another", () => {
  expect(flatLimits(said)).toEqual([
    { path: ["live"], value: 8 },
    { path: ["hosts", "jobs.example.com", "perMinute"], value: 2 },
    { path: ["hosts", "jobs.example.com", "live"], value: 1 },
  ]);
  const more = withLimit(said, ["platforms", "greenhouse", "perDay"], 30);
  expect(more).toEqual({ ...said, platforms: { greenhouse: { perDay: 30 } } });
  expect(withLimit(more, ["platforms", "greenhouse", "perDay"], undefined)).toEqual(said);
  expect(withLimit(said, ["hosts", "jobs.example.com", "live"], undefined)).toEqual({
    live: 8,
    hosts: { "jobs.example.com": { perMinute: 2 } },
  });
});

test("all that can be chosen is a limit, and only numbers that the server takes are sent", () => {
  for (const path of everybodyPaths) {
    const full = path.map((part) => (part === "" ? "acme" : part));
    expect(Limits.safeParse(withLimit<Limits>({}, full, 3)).success).toBe(true);
  }
  expect(ownPaths.map((path) => parseLimit(path, " 4 "))).toEqual([4, 4, 4]);
  for (const wrong of ["", "0", "-1", "1.5", "many", "99999999"]) {
    expect(parseLimit(["user", "perDay"], wrong)).toBeUndefined();
  }
  expect(parseLimit(["host", "spacingSeconds"], "0")).toBe(0);
});
