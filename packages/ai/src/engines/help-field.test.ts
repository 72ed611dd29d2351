import type { ActionRefusal, Hand, SmallAction } from "@valet/forms";
import { expect, test } from "vitest";
import type { Engine, EngineAnswer } from "./engine.ts";
import { helpField } from "./help-field.ts";

const { signal } = new AbortController();
const field = { label: "Notice period", kind: "other", options: [] } as const;
const click = (xpath: string): EngineAnswer<SmallAction> => ({
  kind: "answered",
  value: { do: "click", at: { xpath } },
});

/** Points at these, one after the other, and at nothing more. */
function engineThatSays(answers: readonly EngineAnswer<SmallAction>[]) {
  const asked: number[] = [];
  const nothing = async () => ({ kind: "nothing" }) as const;
  const engine: Engine = {
    name: "stagehand",
    locate: nothing,
    extract: nothing,
    act: async (_field, done) => {
      asked.push(done.length);
      return answers[asked.length - 1] ?? { kind: "nothing" };
    },
    close: async () => undefined,
  };
  return { engine, asked };
}

/** A page that holds the value once so much was done; `refusals` by path. */
function handThat({ holdsAfter = 99, refusals = {} as Record<string, ActionRefusal> }): Hand {
  const done: SmallAction[] = [];
  return {
    carryOut: async (action) => {
      const why = "xpath" in action.at ? refusals[action.at.xpath] : undefined;
      if (why === undefined) done.push(action);
      return why ?? null;
    },
    holds: async () => done.length >= holdsAfter,
    replay: async () => false,
    picked: () => null,
    done: () => done.map(({ do: verb }) => ({ do: verb, at: "#made" })),
    close: async () => undefined,
  };
}

test("small actions are done until the page holds the value, and make the recipe", async () => {
  const { engine, asked } = engineThatSays([click("/a"), click("/b"), click("/c")]);

  expect(await helpField({ engine, hand: handThat({ holdsAfter: 2 }), field }, signal)).toEqual({
    kind: "held",
    recipe: [
      { do: "click", at: "#made" },
      { do: "click", at: "#made" },
    ],
  });
  expect(asked).toEqual([0, 1]);
});

test.each<[string, readonly EngineAnswer<SmallAction>[], string]>([
  ["an engine that points at nothing", [click("/a"), { kind: "nothing" }], "nothing"],
  ["one that fails", [{ kind: "failed", why: "overloaded" }], "overloaded"],
  ["one that goes on for ever", Array.from({ length: 50 }, () => click("/a")), "no_progress"],
  ["one that wants what is not let", Array.from({ length: 50 }, () => click("/x")), "refused"],
])("%s leaves the field", async (_, answers, why) => {
  const { engine, asked } = engineThatSays(answers);
  const hand = handThat({ refusals: { "/x": "sends" } });

  expect(await helpField({ engine, hand, field }, signal)).toEqual({ kind: "left", why });
  expect(asked.length).toBeLessThanOrEqual(8);
});

test("one refusal is not the end", async () => {
  const { engine } = engineThatSays([click("/x"), click("/b")]);
  const hand = handThat({ holdsAfter: 1, refusals: { "/x": "other_field" } });

  expect(await helpField({ engine, hand, field }, signal)).toMatchObject({ kind: "held" });
});
