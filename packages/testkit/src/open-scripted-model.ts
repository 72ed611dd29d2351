import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";

const Asked = z.object({
  model: z.string(),
  max_tokens: z.number(),
  system: z.array(z.object({ text: z.string(), cache_control: z.unknown().optional() })),
  tools: z.array(z.object({ name: z.string(), input_schema: z.unknown() })),
  tool_choice: z.object({ type: z.string(), name: z.string() }),
  messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
});

/** One request as it came. */
export interface ModelRequest {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: z.infer<typeof Asked>;
  /** The body, letter for letter. */
  readonly raw: string;
}

export type ModelReply =
  /** Calls the tool that the request forces, with this input. */
  | { readonly kind: "tool"; readonly input: unknown }
  /** Says something instead, or stops half-way when `stopReason` says so. */
  | { readonly kind: "text"; readonly text: string; readonly stopReason: string }
  /** Turns the request down, with an error as the protocol has it. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
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

/** A server on this machine that speaks the Messages protocol and says what a script says. Tests only. */
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
    const raw = await text(request);
    const asked = {
      path: request.url ?? "",
      headers: request.headers,
      body: Asked.parse(JSON.parse(raw)),
      raw,
    };
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

function write(response: ServerResponse, { body }: ModelRequest, reply: ModelReply): void {
  const json = { "content-type": "application/json" };
  switch (reply.kind) {
    case "tool": {
      const { name } = body.tool_choice;
      const call = { type: "tool_use", id: "toolu_1", name, input: reply.input };
      response.writeHead(200, json).end(messageOf(body.model, call, "tool_use"));
      return;
    }
    case "text": {
      const said = { type: "text", text: reply.text };
      response.writeHead(200, json).end(messageOf(body.model, said, reply.stopReason));
      return;
    }
    case "status": {
      const error = { type: "error", error: { type: "scripted_error", message: "As scripted." } };
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

function messageOf(model: string, block: object, stopReason: string): string {
  const { fresh, kept, written } = scriptedUsage;
  return JSON.stringify({
    id: "msg_1",
    type: "message",
    role: "assistant",
    model,
    content: [block],
    stop_reason: stopReason,
    stop_sequence: null,
    usage: { input_tokens: fresh, cache_read_input_tokens: kept, output_tokens: written },
  });
}
