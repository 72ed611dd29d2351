import { expect, test } from "vitest";
import { chooseEngine } from "./choose-engine.ts";

const token = { HATCHET_CLIENT_TOKEN: "given" };

test("a token means the engine it belongs to, whatever could be built here", () => {
  for (const hasGo of [true, false]) {
    for (const binariesPresent of [true, false]) {
      expect(chooseEngine({ env: token, hasGo, binariesPresent })).toBe("external");
    }
  }
});

test("without a token the engine is built here, or was", () => {
  expect(chooseEngine({ env: {}, hasGo: true, binariesPresent: false })).toBe("built");
  expect(chooseEngine({ env: {}, hasGo: false, binariesPresent: true })).toBe("built");
  const empty = { HATCHET_CLIENT_TOKEN: "" };
  expect(chooseEngine({ env: empty, hasGo: true, binariesPresent: true })).toBe("built");
});

test("without token, binaries and Go the sidecar is left", () => {
  expect(chooseEngine({ env: {}, hasGo: false, binariesPresent: false })).toBe("sidecar");
});
