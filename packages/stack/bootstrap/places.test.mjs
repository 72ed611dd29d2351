import { expect, test } from "vitest";
import { cacheDir, stateDir } from "./places.mjs";

test("root keeps state and cache in the system's folders, a user below their home", () => {
  const env = { HOME: "/home/ada" };
  expect([stateDir(env, true), cacheDir(env, true)]).toEqual([
    "/var/lib/valet",
    "/var/cache/valet",
  ]);
  expect([stateDir(env, false), cacheDir(env, false)]).toEqual([
    "/home/ada/.local/state/valet",
    "/home/ada/.cache/valet",
  ]);
});

test("variables move them, for root as well", () => {
  expect(stateDir({ HOME: "/home/ada", XDG_STATE_HOME: "/state" }, false)).toBe("/state/valet");
  const env = { VALET_STATE_DIR: "/my state", VALET_CACHE_DIR: "/my cache" };
  expect([stateDir(env, true), cacheDir(env, true)]).toEqual(["/my state", "/my cache"]);
});
