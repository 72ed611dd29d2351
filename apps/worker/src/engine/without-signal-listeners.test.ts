import { HatchetClient } from "@hatchet-dev/typescript-sdk";
import { testEngineEnv } from "@valet/testkit";
import { expect, test } from "vitest";
import { withoutSignalListeners } from "./without-signal-listeners.ts";

const counts = () => [process.listenerCount("SIGTERM"), process.listenerCount("SIGINT")];

test("a worker of the SDK listens for signals by itself, and no longer when created by us", async () => {
  const hatchet = HatchetClient.init({
    token: testEngineEnv()["HATCHET_CLIENT_TOKEN"] ?? "",
    tls_config: { tls_strategy: "none" },
    log_level: "OFF",
  });
  const before = { SIGTERM: process.listeners("SIGTERM"), SIGINT: process.listeners("SIGINT") };
  const [terms, ints] = counts();
  await withoutSignalListeners(() => hatchet.worker("quiet", { handleKill: false }));
  expect(counts()).toEqual([terms, ints]);

  await hatchet.worker("listening", { handleKill: false });
  expect(counts()).toEqual([(terms ?? 0) + 1, (ints ?? 0) + 1]);
  for (const name of ["SIGTERM", "SIGINT"] as const) {
    for (const listener of process.listeners(name)) {
      if (!before[name].includes(listener)) process.off(name, listener);
    }
  }
});
