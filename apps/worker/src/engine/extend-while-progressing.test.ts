import { expect, test } from "vitest";
import { extendWhileProgressing } from "./extend-while-progressing.ts";

const stepMs = 120_000;
const limitMs = 900_000;

/** The engine's clock and deadline, as `refreshTimeout` moves it. */
function engine() {
  let time = 0;
  let deadline = stepMs;
  const refreshTimeout = async (by: string): Promise<void> => {
    deadline += Number(by.replace("s", "")) * 1000;
  };
  const extension = extendWhileProgressing({ refreshTimeout, now: () => time }, { limitMs });
  return {
    extension,
    pass: (ms: number) => (time += ms),
    isOver: () => time >= deadline,
    leftMs: () => deadline - time,
  };
}

test("a form of 250 fields that takes longer than its step finishes", async () => {
  const { extension, pass, isOver } = engine();
  for (let field = 0; field < 250; field += 1) {
    pass(2_000);
    expect(isOver()).toBe(false);
    await extension.onProgress();
  }
});

test("a form that is stuck ends when its time has passed since it last got on", async () => {
  const { extension, pass, isOver, leftMs } = engine();
  for (let field = 0; field < 20; field += 1) {
    pass(5_000);
    await extension.onProgress();
  }
  expect(leftMs()).toBeLessThanOrEqual(stepMs);
  pass(stepMs);
  expect(isOver()).toBe(true);
});

test("a form that goes on for ever ends at the limit", async () => {
  const { extension, pass, isOver } = engine();
  let fields = 0;
  while (!isOver() && fields < 1_000) {
    pass(5_000);
    await extension.onProgress();
    fields += 1;
  }
  expect(fields * 5_000).toBeGreaterThanOrEqual(limitMs);
  expect(fields * 5_000).toBeLessThanOrEqual(limitMs + stepMs + 10_000);
});
