import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type ModelRequest, readModelRequest } from "./model-request.ts";

export type ModelReply =
  /** Gives this object as the answer, as the protocol has it. */
  | { readonly kind: "tool"; readonly input: unknown }
  /** Says something instead, or stops half-way when `stopReason` (`end_turn`, `refusal`, `max_tokens`) says so. */
  | { readonly kind: "text"; readonly text: string; readonly stopReason: string }
  /** Turns the request down, with an error as the protocol has it. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Of the error, where that matters. */
      readonly code?: string;
      readonly message?: string;
    }
  /** Any body with the status 200. */
  | { readonly kind: "raw"; readonly body: string }
  /** Begins to answer and says no more. */
  | { readonly kind: "stall" }
  /** Closes the connection half-way through the answer. */
  | { readonly kind: "hang_up" };

/** What is said to the n-th request, from 1; a promise keeps whoever asks waiting until it is settled. */
export type ModelScript = (
  request: ModelRequest,
  count: number,
) => ModelReply | Promise<ModelReply>;

/**
 * A server on this machine that says what a script says, to each request in the protocol that it came in:
 * Messages, or chat/completions. Tests only.
 */
export interface ScriptedModel {
  readonly url: string;
  readonly requests: readonly ModelRequest[];
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Of every reply that a model wrote: tokens in, kept from before, and out. */
export const scriptedUsage = { fresh: 100, kept: 20, written: 7 } as const;

export async function openScriptedModel(script: ModelScript): Promise<ScriptedModel> {
  const requests: ModelRequest[] = [];
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = readModelRequest(request, await text(request));
    requests.push(asked);
    write(response, asked, await script(asked, requests.length));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function write(response: ServerResponse, { protocol }: ModelRequest, reply: ModelReply): void {
  const json = { "content-type": "application/json" };
  switch (reply.kind) {
    case "tool":
    case "text": {
      const said = protocol === "messages" ? messageOf(reply) : completionOf(reply);
      response.writeHead(200, json).end(JSON.stringify(said));
      return;
    }
    case "status": {
      const { code = "scripted_error", message = "As scripted." } = reply;
      const error = { type: "error", error: { type: "scripted_error", code, message } };
      response.writeHead(reply.status, { ...json, ...reply.headers }).end(JSON.stringify(error));
      return;
    }
    case "raw":
      response.writeHead(200, json).end(reply.body);
      return;
    case "stall":
    case "hang_up":
      response.writeHead(200, { ...json, "content-length": 1_000 });
      response.write("{", () => {
        if (reply.kind === "hang_up") response.destroy();
      });
  }
}

type Said = Extract<ModelReply, { kind: "tool" | "text" }>;

function messageOf(said: Said): object {
  const { fresh, kept, written } = scriptedUsage;
  const block =
    said.kind === "tool"
      ? { type: "tool_use", id: "toolu_1", name: "answer", input: said.input }
      : { type: "text", text: said.text };
  return {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "scripted",
    content: [block],
    stop_reason: said.kind === "tool" ? "tool_use" : said.stopReason,
    stop_sequence: null,
    usage: { input_tokens: fresh, cache_read_input_tokens: kept, output_tokens: written },
  };
}

function completionOf(said: Said): object {
  const { fresh, kept, written } = scriptedUsage;
  const content = said.kind === "tool" ? JSON.stringify(said.input) : said.text;
  const stopReason = said.kind === "tool" ? "end_turn" : said.stopReason;
  const message =
    stopReason === "refusal"
      ? { role: "assistant", content: null, refusal: content }
      : { role: "assistant", content, refusal: null };
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 0,
    model: "scripted",
    choices: [
      { index: 0, message, finish_reason: stopReason === "max_tokens" ? "length" : "stop" },
    ],
    usage: {
      prompt_tokens: fresh + kept,
      completion_tokens: written,
      total_tokens: fresh + kept + written,
    },
  };
}
