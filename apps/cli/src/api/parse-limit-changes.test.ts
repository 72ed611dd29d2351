import { expect, test } from "vitest";
import { parseLimitChanges } from "./parse-limit-changes.ts";

const said = {
  own: { live: 2, perDay: 40 },
  saidByAdmin: { hosts: { "jobs.test": { live: 1 } }, user: { live: 4 } },
};

test("one limit is changed, one taken away, and the others stay", () => {
  expect(parseLimitChanges(["live=1", "perDay=", "timeZone=Europe/Oslo"], said)).toEqual({
    own: { live: 1 },
    timeZone: "Europe/Oslo",
  });
});

test("limits of everybody are named by group, and by name where they have one", () => {
  const changes = [
    "everybody.live=20",
    "everybody.host.spacingSeconds=5",
    "everybody.hosts.jobs.test.perMinute=3",
    "everybody.employers.greenhouse/northwind.perDay=2",
  ];
  expect(parseLimitChanges(changes, said)).toEqual({
    everybody: {
      live: 20,
      user: { live: 4 },
      host: { spacingSeconds: 5 },
      hosts: { "jobs.test": { live: 1, perMinute: 3 } },
      employers: { "greenhouse/northwind": { perDay: 2 } },
    },
  });
  expect(said.saidByAdmin.hosts["jobs.test"]).toEqual({ live: 1 });
});

test.each([
  [["live=0"], /^live is at least 1; to have nothing started, cancel/],
  [["live=many"], /^live .*Nothing was changed/],
  [["live"], /KEY=VALUE/],
  [["=3"], /KEY=VALUE/],
  [["lives=3"], /Nothing was changed/],
  [["timeZone=Nowhere/Else"], /^timeZone is no time zone/],
  [["everybody.platforms.perDay=3"], /Nothing was changed/],
])("%j is refused with what is wrong", (texts, message) => {
  expect(() => parseLimitChanges(texts, said)).toThrow(message);
});
