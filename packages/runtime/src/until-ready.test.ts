import { ValetError } from "@valet/contracts";
import { expect, test } from "vitest";
import { createLogger } from "./create-logger.ts";
import { untilReady } from "./until-ready.ts";

interface Waiting {
  readonly what: string;
  readonly reason?: string;
  readonly msg: string;
}

function recordingLogger() {
  const lines: Waiting[] = [];
  const log = createLogger({
    name: "test",
    level: "debug",
    destination: { write: (line) => void lines.push(JSON.parse(line)) },
  });
  return { log, lines };
}

const { signal } = new AbortController();

test("it waits until the attempt succeeds and says a reason once per change", async () => {
  const { log, lines } = recordingLogger();
  const faults = ["refused", "refused", "starting up", "starting up"];

  const value = await untilReady({
    what: "Postgres",
    attempt: () => {
      const fault = faults.shift();
      return fault === undefined ? Promise.resolve(42) : Promise.reject(new Error(fault));
    },
    signal,
    log,
    intervalMs: 0,
  });

  expect(value).toBe(42);
  expect(lines.map(({ what, reason, msg }) => [what, reason, msg])).toEqual([
    ["Postgres", "refused", "waiting for a dependency"],
    ["Postgres", "starting up", "waiting for a dependency"],
    ["Postgres", undefined, "dependency is ready"],
  ]);
});

test("a dependency that is there at once is not mentioned", async () => {
  const { log, lines } = recordingLogger();

  await untilReady({ what: "Postgres", attempt: () => Promise.resolve(), signal, log });

  expect(lines).toEqual([]);
});

test("what time cannot mend is thrown at once", async () => {
  const { log } = recordingLogger();
  const fault = new ValetError("MIGRATION_FAILED", "Migration 0001 failed.");

  await expect(
    untilReady({ what: "Postgres", attempt: () => Promise.reject(fault), signal, log }),
  ).rejects.toBe(fault);
});

test("the signal ends the wait with its reason", async () => {
  const { log } = recordingLogger();
  const controller = new AbortController();
  const reason = new Error("stop");
  let attempts = 0;

  const waiting = untilReady({
    what: "Postgres",
    attempt: () => {
      attempts += 1;
      controller.abort(reason);
      return Promise.reject(new Error("refused"));
    },
    signal: controller.signal,
    log,
    intervalMs: 60_000,
  });

  await expect(waiting).rejects.toBe(reason);
  expect(attempts).toBe(1);
});
