import { expect, test } from "vitest";
import { createInFlight } from "./in-flight.ts";

test("idle waits for everything that runs, also for what fails", async () => {
  const inFlight = createInFlight();
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const works = gates.map(({ promise }) => inFlight.during(() => promise));
  let isIdle = false;
  const idle = inFlight.idle().then(() => void (isIdle = true));
  gates[0].resolve();
  await works[0];
  expect({ isIdle, count: inFlight.count() }).toEqual({ isIdle: false, count: 1 });
  gates[1].reject(new Error("on purpose"));
  await expect(works[1]).rejects.toThrow("on purpose");
  await idle;
  expect(inFlight.count()).toBe(0);
});

test("with nothing running it is idle at once", async () => {
  await expect(createInFlight().idle()).resolves.toBeUndefined();
});
