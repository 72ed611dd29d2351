import { expect, test } from "vitest";
import { createInFlight } from "./in-flight.ts";
import { untilQuiet } from "./until-quiet.ts";

const limits = { settleMs: 0, leaveChildrenMs: 60_000 };

test("a stop waits for everything that runs, also for what fails", async () => {
  const inFlight = createInFlight();
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const works = gates.map(({ promise }) => inFlight.during(() => promise));
  let isQuiet = false;
  const quiet = untilQuiet(inFlight, limits).then(() => void (isQuiet = true));
  gates[0].resolve();
  await works[0];
  expect({ isQuiet, ...inFlight.counts() }).toEqual({ isQuiet: false, working: 1, onChildren: 0 });
  gates[1].reject(new Error("on purpose"));
  await expect(works[1]).rejects.toThrow("on purpose");
  await quiet;
  expect(inFlight.counts()).toEqual({ working: 0, onChildren: 0 });
});

test("with nothing running it is quiet at once", async () => {
  await expect(untilQuiet(createInFlight(), limits)).resolves.toBe(0);
});

test("a step that waits for a person holds up no stop, and counts again when it goes on", async () => {
  const inFlight = createInFlight();
  const approval = Promise.withResolvers<void>();
  const rest = Promise.withResolvers<void>();
  const step = inFlight.during(async () => {
    await inFlight.parked(() => approval.promise);
    await rest.promise;
  });
  await expect(untilQuiet(inFlight, limits)).resolves.toBe(0);
  approval.resolve();
  await approval.promise;
  await expect.poll(() => inFlight.counts().working).toBe(1);
  rest.resolve();
  await step;
});

test("a step that waits for its child is waited for, and left behind when nobody runs the child", async () => {
  const inFlight = createInFlight();
  const child = Promise.withResolvers<void>();
  const step = inFlight.during(() => inFlight.onChild(() => child.promise));
  let isQuiet = false;
  const quiet = untilQuiet(inFlight, limits).then((left) => {
    isQuiet = true;
    return left;
  });
  await expect(untilQuiet(inFlight, { ...limits, leaveChildrenMs: 100 })).resolves.toBe(1);
  expect(isQuiet).toBe(false);
  child.resolve();
  await step;
  await expect(quiet).resolves.toBe(0);
});
