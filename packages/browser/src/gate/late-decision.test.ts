import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { CdpConnection } from "../open-cdp-connection.ts";
import { createRequestGate } from "./create-request-gate.ts";

const url = "https://jobs.example.com/apply";
const form = { url, target: { method: "POST", url } };

test("a decision that fails late closes nothing that was armed since", async () => {
  const answers: unknown[] = [];
  const connection: CdpConnection = {
    call: (method, params = {}) => {
      answers.push([params.requestId, method]);
      return Promise.resolve({});
    },
    close: () => undefined,
  };
  const ignore = (): void => undefined;
  let held = 0;
  const gate = createRequestGate({
    onDeciding: () => (held += 1),
    onDecided: () => (held -= 1),
    onRelease: ignore,
    onSettled: ignore,
    onRefusal: ignore,
  });
  const send = (requestId: string): void =>
    gate.onEvent(connection, {
      method: "Fetch.requestPaused",
      sessionId: "page",
      params: { requestId, resourceType: "Document", request: { method: "POST", url } },
    });
  const [first, second] = [Promise.withResolvers<boolean>(), Promise.withResolvers<boolean>()];
  gate.arm({ form, maySubmit: () => first.promise, onAnswer: ignore });
  send("first");
  gate.disarm();
  gate.arm({ form, maySubmit: () => second.promise, onAnswer: ignore });
  send("second");
  first.reject(new Error("The connection was lost."));
  await turn();
  expect([gate.report().state, held]).toEqual(["deciding", 1]);
  second.resolve(true);
  await turn();
  expect(held).toBe(0);
  expect(answers).toEqual([
    ["first", "Fetch.failRequest"],
    ["second", "Fetch.continueRequest"],
  ]);
});
