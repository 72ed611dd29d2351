import { createLogger } from "@valet/runtime";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Model } from "../create-model.ts";
import type { ModelAnswer } from "../model-answer.ts";
import { meterModel } from "./meter-model.ts";
import { costOf, priceOf } from "./model-price.ts";

const log = createLogger({ name: "test", level: "silent" });
const { signal } = new AbortController();
const price = { input: 1, output: 5 };
const question = {
  system: "s",
  text: "t".repeat(1_000),
  schema: z.object({}),
  maxOutputTokens: 10,
};
const usage = { inputTokens: 300, outputTokens: 7 };

interface Settled {
  readonly microdollars: number;
  readonly inputTokens: number;
}

/** A model that says the same to everything, paid from a purse. */
function metered(answer: () => ModelAnswer<never>, { left }: { readonly left: number }) {
  const asked: string[] = [];
  const reserved: number[] = [];
  const settled: Settled[] = [];
  const model: Model = {
    ask: async () => (asked.push("ask"), answer()),
    complete: async () => (asked.push("complete"), answer()),
  };
  const meter = {
    async reserve(_use: string, microdollars: number) {
      reserved.push(microdollars);
      return microdollars > left ? undefined : { id: "call-1" };
    },
    async settle(call: Settled) {
      settled.push(call);
    },
  };
  const use = meterModel({ model, price, meter, log })("what for");
  return { model: use, asked, reserved, settled };
}

test("the most that a call may cost is reserved before it is made, what it cost is settled after", async () => {
  const { model, reserved, settled } = metered(() => ({ kind: "cut_off", usage }), {
    left: 1_000_000,
  });

  expect(await model.ask(question, signal)).toEqual({ kind: "cut_off", usage });
  expect(reserved[0]).toBeGreaterThan(500 + 10 * price.output);
  expect(settled).toEqual([{ id: "call-1", ...usage, microdollars: 335 }]);
});

test("a picture is reserved for as well", async () => {
  const image = { kind: "image", mediaType: "image/png", base64: "aW1n" } as const;
  const conversation = (parts: (typeof image)[]) => ({
    system: "",
    messages: [{ role: "user", parts }] as const,
    maxOutputTokens: 1,
  });
  const { model, reserved } = metered(() => ({ kind: "refused", usage }), { left: 1_000_000 });
  await model.complete(conversation([]), signal);
  await model.complete(conversation([image]), signal);

  expect((reserved[1] ?? 0) - (reserved[0] ?? 0)).toBeGreaterThan(1_600);
});

test("where too little is left the model is not asked", async () => {
  const { model, asked, settled } = metered(() => ({ kind: "refused", usage }), { left: 10 });

  expect(await model.ask(question, signal)).toEqual({ kind: "over_budget" });
  expect(asked).toEqual([]);
  expect(settled).toEqual([]);
});

test.each([
  "rejected_key",
  "unknown_model",
  "overloaded",
  "unreachable",
  "rejected_request",
] as const)("%s costs nothing", async (kind) => {
  const { model, settled } = metered(() => ({ kind }), { left: 1_000_000 });
  await model.ask(question, signal);

  expect(settled).toMatchObject([{ microdollars: 0 }]);
});

test.each(["timeout", "malformed"] as const)(
  "what %s cost is not known and counts as what was reserved",
  async (kind) => {
    const { model, reserved, settled } = metered(() => ({ kind }), { left: 1_000_000 });
    await model.ask(question, signal);

    expect(settled).toMatchObject([{ microdollars: reserved[0] }]);
  },
);

test("so does a call that somebody gave up", async () => {
  const { model, reserved, settled } = metered(
    () => {
      throw new Error("The run was cancelled.");
    },
    { left: 1_000_000 },
  );

  await expect(model.ask(question, signal)).rejects.toThrow("cancelled");
  expect(settled).toMatchObject([{ microdollars: reserved[0] }]);
});

test("whoever has given up already reserves nothing", async () => {
  const { model, reserved } = metered(() => ({ kind: "refused", usage }), { left: 1_000_000 });

  await expect(model.ask(question, AbortSignal.abort())).rejects.toThrow("aborted");
  expect(reserved).toEqual([]);
});

test("a price is what was said, else what the name says, else the dearest", () => {
  const haiku = priceOf("claude-haiku-5-5", undefined);

  expect(haiku).toMatchObject({ input: 0.1, output: 0.5 });
  expect(priceOf("claude-haiku-5-5-20261007", undefined)).toBe(haiku);
  expect(priceOf("claude-haiku-5-5", { input: 0, output: 0 })).toEqual({ input: 0, output: 0 });
  for (const unknown of ["nobody-knows", "gpt-5.9", "claude-haiku-5-5-max", "constructor"]) {
    expect(priceOf(unknown, undefined)).toEqual({ input: 15, output: 75 });
  }
});

test("a price that is higher for long questions is counted so, and never less than a whole millionth", () => {
  const haiku = priceOf("claude-haiku-5-5", undefined);

  expect(costOf(haiku, { inputTokens: 100_000, outputTokens: 10 })).toBe(10_005);
  expect(costOf(haiku, { inputTokens: 100_001, outputTokens: 10 })).toBe(50_026);
  expect(costOf(haiku, { inputTokens: 1, outputTokens: 0 })).toBe(1);
});
