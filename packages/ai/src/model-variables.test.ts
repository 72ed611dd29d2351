import { Secret } from "@valet/runtime";
import { expect, test } from "vitest";
import { z } from "zod";
import { modelConfigOf, modelVariables } from "./model-variables.ts";

const variables = z.object(modelVariables);
const address = "http://127.0.0.1:9";
const configOf = (given: object) => modelConfigOf(variables.parse(given));

test.each<[string, object]>([
  ["nothing is set", {}],
  ["there is no key for Anthropic", { VALET_MODEL: "claude-test", VALET_MODEL_URL: address }],
  ["the key is another provider's", { OPENAI_API_KEY: "key-1" }],
  ["OpenAI has neither key nor address", { VALET_MODEL_PROVIDER: "openai", VALET_MODEL: "gpt" }],
])("there is no model where %s", (_, given) => {
  expect(configOf(given)).toBeUndefined();
});

test("with a key there is one, at Anthropic unless said otherwise", () => {
  const config = configOf({ ANTHROPIC_API_KEY: "key-1", VALET_MODEL_URL: address });

  expect(config).toEqual({
    provider: "anthropic",
    apiKey: expect.any(Secret),
    model: expect.stringMatching(/^claude-/),
    baseUrl: address,
  });
  expect(config?.apiKey?.reveal()).toBe("key-1");
});

test("a server of one's own needs no key, but the name of a model", () => {
  const given = { VALET_MODEL_PROVIDER: "openai", VALET_MODEL_URL: address };

  expect(configOf({ ...given, VALET_MODEL: "local" })).toEqual({
    provider: "openai",
    apiKey: undefined,
    model: "local",
    baseUrl: address,
  });
  expect(() => configOf(given)).toThrow("VALET_MODEL");
});

test.each(["", "127.0.0.1:9", "file:///etc/passwd"])("%j is no address of a model", (url) => {
  expect(variables.safeParse({ VALET_MODEL_URL: url }).success).toBe(false);
});
