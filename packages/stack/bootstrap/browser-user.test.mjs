import { expect, test } from "vitest";
import { needsBrowserUser } from "./browser-user.mjs";

const accounts = "root:x:0:0:root:/root:/bin/bash\nvalet:x:1000:1000::/home/valet:/bin/sh\n";
const machine = { isRoot: true, accounts, env: {} };

test("root without a user for browsers makes one", () => {
  expect(needsBrowserUser(machine)).toBe(true);
});

test("nothing is made when it is there, when another was named, or for an ordinary user", () => {
  const made = `${accounts}valet-browser:x:998:998::/home/valet-browser:/bin/sh\n`;
  expect(needsBrowserUser({ ...machine, accounts: made })).toBe(false);
  expect(needsBrowserUser({ ...machine, env: { VALET_BROWSER_USER: "valet" } })).toBe(false);
  expect(needsBrowserUser({ ...machine, isRoot: false })).toBe(false);
});
