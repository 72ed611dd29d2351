import { expect, test } from "vitest";
import { planSystemPackages } from "./system-packages.mjs";

const apt = "/usr/bin/apt-get";
const all = /** @type {const} */ (["chromium", "display", "redis"]);

/** @param {string[]} files @param {boolean} isRoot */
const machine = (files, isRoot) => ({
  exists: (/** @type {string} */ path) => files.includes(path),
  isRoot,
});

test("nothing is done when the programs are there", () => {
  const files = [apt, "/usr/lib/chromium/chromium", "/usr/bin/Xtigervnc", "/usr/bin/redis-server"];
  expect(planSystemPackages(all, machine(files, true))).toEqual({ kind: "present" });
});

test("root installs what is missing and no more", () => {
  const files = [apt, "/usr/bin/redis-server"];
  expect(planSystemPackages(all, machine(files, true))).toEqual({
    kind: "install",
    packages: ["chromium", "fonts-liberation", "tigervnc-standalone-server"],
  });
});

test("an ordinary user is told the one command", () => {
  expect(planSystemPackages(all, machine([apt], false))).toMatchObject({
    kind: "ask",
    message: expect.stringContaining(
      "\n  sudo apt-get install -y --no-install-recommends chromium fonts-liberation tigervnc-standalone-server redis-server\n",
    ),
  });
});

test("on another system the programs are named", () => {
  expect(planSystemPackages(["redis"], machine([], true))).toMatchObject({
    kind: "ask",
    message: expect.stringContaining("redis-server"),
  });
});
