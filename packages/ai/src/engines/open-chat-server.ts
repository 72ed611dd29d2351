import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";
import type { Conversation, ConversationPart } from "../model-answer.ts";

const Part = z.union([
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("image_url"), image_url: z.object({ url: z.string() }) }),
]);
const Chat = z.object({
  messages: z.array(
    z.object({
      role: z.enum(["system", "user", "assistant"]),
      content: z.union([z.string(), z.array(Part)]),
    }),
  ),
});
type Chat = z.infer<typeof Chat>;

/** Says what the model says to a conversation. It never fails: to what it cannot answer it has words as well. */
export type Answerer = (conversation: Conversation) => Promise<string>;

export interface ChatServer {
  /** Where `/chat/completions` is spoken, on this machine; nobody guesses it. */
  readonly url: string;
  close(): Promise<void>;
}

/** For code that wants an address of a model: whatever it asks goes to us. */
export async function openChatServer(answer: Answerer): Promise<ChatServer> {
  const base = `/${randomBytes(24).toString("base64url")}`;
  const server = createServer((request, response) => {
    serve(request).then(
      (body) => {
        const status = body === undefined ? 404 : 200;
        const said = body ?? { error: { message: "There is nothing here." } };
        response
          .writeHead(status, { "content-type": "application/json" })
          .end(JSON.stringify(said));
      },
      () => response.destroy(),
    );
  });

  async function serve(request: IncomingMessage): Promise<object | undefined> {
    if (request.method !== "POST" || request.url !== `${base}/chat/completions`) return undefined;
    const chat = Chat.parse(JSON.parse(await text(request)));
    const content = await answer(toConversation(chat));
    const message = { role: "assistant", content };
    return {
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 0,
      model: "valet",
      choices: [{ index: 0, message, finish_reason: "stop" }],
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    };
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    url: `http://127.0.0.1:${port}${base}`,
    async close() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function toConversation({ messages }: Chat): Conversation {
  const system = messages.filter(({ role }) => role === "system").map((one) => partsOf(one));
  return {
    system: system
      .flat()
      .map((part) => (part.kind === "text" ? part.text : ""))
      .join("\n"),
    messages: messages.flatMap((message) =>
      message.role === "system" ? [] : [{ role: message.role, parts: partsOf(message) }],
    ),
    maxOutputTokens: 2_000,
  };
}

/** A picture is only noted: whoever asks takes one. */
function partsOf({ content }: Chat["messages"][number]): ConversationPart[] {
  if (typeof content === "string") return [{ kind: "text", text: content }];
  return content.map((part) =>
    part.type === "text"
      ? { kind: "text", text: part.text }
      : { kind: "image", mediaType: "image/png", base64: "" },
  );
}
