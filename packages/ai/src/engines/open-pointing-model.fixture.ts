import {
  type ModelReply,
  type ModelRequest,
  type ScriptedModel,
  openScriptedModel,
} from "@valet/testkit";
import { Secret } from "@valet/runtime";
import { type Model, createModel } from "../create-model.ts";

export interface PointingModel extends Omit<ScriptedModel, "url"> {
  readonly model: Model;
}

export type PointingScript = (
  request: ModelRequest,
  count: number,
) => ModelReply | Promise<ModelReply>;

/** A model behind the real client that says what a script says. */
export async function openPointingModel(
  script: PointingScript,
  timeoutMs = 20_000,
): Promise<PointingModel> {
  const server = await openScriptedModel(script);
  const model = createModel({
    apiKey: new Secret("sk-test"),
    model: "claude-test",
    baseUrl: server.url,
    maxRetries: 0,
    timeoutMs,
  });
  return { requests: server.requests, model, close: () => server.close() };
}

/** To Stagehand: the element on the first line of the tree that fits, and what to do with it. */
export function pointAtLine({ texts }: ModelRequest, line: RegExp, method = "click"): ModelReply {
  const lines = texts.join("\n").split("\n");
  const found = lines.find((one) => line.test(one)) ?? "";
  const [, elementId] = /^\s*\[(\d+-\d+)\]/u.exec(found) ?? [];
  const element = { elementId, description: "It.", method, arguments: [] };
  return { kind: "tool", input: { elements: elementId === undefined ? [] : [element] } };
}

/** To Magnitude: one action of its vocabulary. */
export function planOf(variant: string, input: object = {}): ModelReply {
  const text = JSON.stringify({ reasoning: "Seen.", actions: [{ variant, ...input }] });
  return { kind: "text", text, stopReason: "end_turn" };
}
