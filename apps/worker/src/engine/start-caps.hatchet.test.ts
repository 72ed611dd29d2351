import { randomUUID } from "node:crypto";
import { HatchetClient } from "@hatchet-dev/typescript-sdk";
import { testEngineEnv, until } from "@valet/testkit";
import { expect, onTestFinished, test, vi } from "vitest";
import { declarePlatformCaps, startCaps } from "./start-caps.ts";

/** Shorter than the engine holds up everybody when it waits for itself, and longer than a busy machine takes. */
const stallMs = 20_000;

interface Start {
  readonly platform: string;
  readonly userId: string;
  readonly tag: string;
  readonly perMinute?: number;
}

/**
 * A workflow of one step under the caps, on the run's engine. Its name is the test's own: the engine goes on sending
 * starts to a worker that has just ended, and each that comes to nothing there has used up its share of the minute.
 */
async function openStarts(name: string) {
  for (const [variable, value] of Object.entries(testEngineEnv())) vi.stubEnv(variable, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const hatchet = HatchetClient.init({ log_level: "OFF" });
  const begun: string[] = [];
  const starts = hatchet.workflow<{ platform: string; userId: string; tag: string }>({
    name,
  });
  starts.task({
    name: "start-browser",
    rateLimits: startCaps(hatchet),
    fn: ({ tag }) => {
      begun.push(tag);
      return { done: true };
    },
  });
  const declared = await declarePlatformCaps(hatchet, { platforms: { lever: { perMinute: 2 } } });
  const worker = await hatchet.worker(name, {
    workflows: [starts],
    slots: 50,
    handleKill: false,
  });
  const running = worker.start();
  onTestFinished(async () => {
    await worker.stop();
    await running;
  });
  await worker.waitUntilReady(20_000);
  const start = async ({ perMinute, ...input }: Start): Promise<void> => {
    const additionalMetadata = perMinute === undefined ? {} : { startsPerMinute: `${perMinute}` };
    await starts.runNoWait(input, { additionalMetadata });
  };
  const kept = async (): Promise<ReadonlyMap<string, { limit: number; left: number }>> => {
    const { rows = [] } = await hatchet.ratelimits.list({ limit: 200 });
    const own = rows.map(
      ({ key, limitValue, value }) => [key, { limit: limitValue, left: value }] as const,
    );
    return new Map(own);
  };
  return { hatchet, declared, begun, start, kept };
}

test("many starts of one person at once hold up neither each other nor the engine", async () => {
  const { begun, start } = await openStarts("many-starts");
  const userId = randomUUID();
  const tags = Array.from({ length: 160 }, (_, n) => `start ${n}`);
  const queue = tags.values();
  const lane = async () => {
    for (const tag of queue) {
      await start({ platform: "generic", userId, tag });
      await until("it has begun", () => begun.includes(tag), stallMs);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  expect(begun.toSorted()).toEqual(tags.toSorted());
});

test("the engine keeps to a platform's cap and to a person's, and counts nothing that was not paced", async () => {
  const { hatchet, declared, begun, start, kept } = await openStarts("capped-starts");
  const { namespace = "" } = hatchet.config;
  const userId = randomUUID();
  const begunOf = (kind: string): number => begun.filter((tag) => tag.startsWith(kind)).length;

  for (let n = 0; n < 4; n += 1) {
    await start({ platform: "lever", userId: randomUUID(), tag: `lever ${n}`, perMinute: 50 });
    await start({ platform: "generic", userId, tag: `person ${n}`, perMinute: 3 });
  }
  await until(
    "as many have begun as may",
    () => begunOf("lever") >= 2 && begunOf("person") >= 3,
    stallMs,
  );
  // They come after the others in the queue: once they have run, those were looked at again.
  for (let n = 0; n < 7; n += 1) await start({ platform: "lever", userId, tag: `free ${n}` });
  await until("those that were not paced have run", () => begunOf("free") === 7);

  expect([begunOf("lever"), begunOf("person")]).toEqual([2, 3]);
  expect(declared.get(`${namespace}platform:generic`)).toBe(10);
  await until("the engine tells what is left", async () => {
    const left = await kept();
    return (
      left.get(`${namespace}platform:lever`)?.left === 0 && left.has(`${namespace}person:${userId}`)
    );
  });
  const changed = await declarePlatformCaps(hatchet, {}, declared);
  expect(changed.get(`${namespace}platform:lever`)).toBe(10);
  await until("the engine has the new cap", async () => {
    return (await kept()).get(`${namespace}platform:lever`)?.limit === 10;
  });
});
