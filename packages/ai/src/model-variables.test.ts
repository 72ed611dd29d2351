import { Secret } from "@valet/runtime";
import { expect, test } from "vitest";
import { z } from "zod";
import { modelConfigOf, modelVariables } from "./model-variables.ts";

const variables = z.object(modelVariables);

test("without a key there is no model, whatever else is set", () => {
  const given = { VALET_MODEL: "claude-test", VALET_MODEL_URL: "http://127.0.0.1:9" };

  expect(modelConfigOf(variables.parse({}))).toBeUndefined();
  expect(modelConfigOf(variables.parse(given))).toBeUndefined();
});

test("with a key there is one, at Anthropic unless said otherwise", () => {
  const given = { ANTHROPIC_API_KEY: "key-1", VALET_MODEL_URL: "http://127.0.0.1:9" };
  const config = modelConfigOf(variables.parse(given));

  expect(config).toEqual({
    apiKey: expect.any(Secret),
    model: expect.stringMatching(/^claude-/),
    baseUrl: "http://127.0.0.1:9",
  });
  expect(config?.apiKey.reveal()).toBe("key-1");
});

test.each(["", "127.0.0.1:9", "file:///etc/passwd"])("%j is no address of a model", (url) => {
  expect(variables.safeParse({ VALET_MODEL_URL: url }).success).toBe(false);
});
