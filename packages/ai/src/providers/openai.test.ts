import { type ModelReply, type ModelScript, openScriptedModel } from "@valet/testkit";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { createModel } from "../create-model.ts";

const question = {
  system: "Say which colour the text names.",
  text: "Yellow.",
  schema: z.object({ colour: z.string() }),
  maxOutputTokens: 50,
};
const yellow: ModelReply = { kind: "tool", input: { colour: "yellow" } };
const { signal } = new AbortController();

async function start(script: ModelScript) {
  const server = await openScriptedModel(script);
  onTestFinished(() => server.close());
  const model = createModel({ provider: "openai", model: "local", baseUrl: server.url });
  return { model, server };
}

const objects = (message: string): ModelReply => ({ kind: "status", status: 400, message });

test("a server that knows no schema is asked for JSON, with the schema in words, from then on", async () => {
  const { model, server } = await start(({ schema }) =>
    schema === undefined ? yellow : objects("'response_format.type' must be 'json_object'"),
  );

  expect(await model.ask(question, signal)).toMatchObject({ kind: "answered" });
  expect(await model.ask(question, signal)).toMatchObject({ kind: "answered" });
  expect(server.requests).toHaveLength(3);
  expect(server.requests.at(-1)?.body).toMatchObject({ response_format: { type: "json_object" } });
  expect(server.requests.at(-1)?.system).toContain('"colour":{"type":"string"}');
});

test("a server that wants the limit under its newer name gets it so, from then on", async () => {
  const { model, server } = await start(({ body }) =>
    "max_tokens" in body
      ? objects("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
      : yellow,
  );

  expect(await model.ask(question, signal)).toMatchObject({ kind: "answered" });
  expect(await model.ask(question, signal)).toMatchObject({ kind: "answered" });
  expect(server.requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 50 });
  expect(server.requests).toHaveLength(3);
});

test("a server that objects to both and then still objects is asked three times, no more", async () => {
  const { model, server } = await start(() => objects("response_format and max_tokens"));

  expect(await model.ask(question, signal)).toEqual({ kind: "rejected_request" });
  expect(server.requests).toHaveLength(3);
});

test("whoever has not paid is told that it is the key, not that there is too much to do", async () => {
  const headers = { "retry-after-ms": "1" };
  const code = "insufficient_quota";
  const { model } = await start(() => ({ kind: "status", status: 429, headers, code }));

  expect(await model.ask(question, signal)).toEqual({ kind: "rejected_key" });
});

test("where a server does not count, what was said counts by its length", async () => {
  const body = JSON.stringify({ choices: [{ message: { content: '{"colour":"yellow"}' } }] });
  const { model } = await start(() => ({ kind: "raw", body }));
  const answer = await model.ask(question, signal);

  expect(answer).toMatchObject({ kind: "answered", value: { colour: "yellow" } });
  expect(answer.usage?.outputTokens).toBe(10);
  expect(answer.usage?.inputTokens).toBeGreaterThan(50);
});
