import type { IncomingMessage } from "node:http";
import { z } from "zod";

const Block = z.object({
  type: z.string(),
  text: z.string().optional(),
  /** Of a tool's result: what the tool has read. */
  content: z.array(z.object({ text: z.string() })).optional(),
  source: z.object({ media_type: z.string(), data: z.string() }).optional(),
  image_url: z.object({ url: z.string() }).optional(),
});
type Block = z.infer<typeof Block>;

const Body = z.object({
  messages: z.array(
    z.object({ role: z.string(), content: z.union([z.string(), z.array(Block)]).nullish() }),
  ),
  system: z.array(z.object({ text: z.string() })).optional(),
  tools: z.array(z.object({ name: z.string(), input_schema: z.unknown() })).optional(),
  tool_choice: z.object({ name: z.string() }).optional(),
  response_format: z
    .object({ json_schema: z.object({ schema: z.unknown() }).optional() })
    .optional(),
});
type Body = z.infer<typeof Body>;

export interface ModelImage {
  readonly mediaType: string;
  readonly base64: string;
}

/** One request as it came, and what it says, whatever its protocol. */
export interface ModelRequest {
  readonly protocol: "messages" | "chat";
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Readonly<Record<string, unknown>>;
  /** The body, letter for letter. */
  readonly raw: string;
  readonly system: string;
  /** What people, pages and tools say, in order; no instructions. */
  readonly texts: readonly string[];
  readonly images: readonly ModelImage[];
  /** Of the answer; undefined where text is wanted. */
  readonly schema: unknown;
}

/** Throws where the body is of neither protocol. */
export function readModelRequest(
  { url = "", headers }: Pick<IncomingMessage, "url" | "headers">,
  raw: string,
): ModelRequest {
  const json = z.record(z.string(), z.unknown()).parse(JSON.parse(raw));
  const body = Body.parse(json);
  const isChat = url.endsWith("/chat/completions");
  const said = body.messages.filter(({ role }) => role !== "system");
  const blocks = said.flatMap(({ content }) =>
    typeof content === "string" ? [{ type: "text", text: content }] : (content ?? []),
  );
  return {
    protocol: isChat ? "chat" : "messages",
    path: url,
    headers,
    body: json,
    raw,
    system: isChat ? systemOf(body) : (body.system ?? []).map(({ text }) => text).join("\n"),
    texts: blocks.flatMap(textsOf),
    images: blocks.flatMap(imagesOf),
    schema: isChat
      ? body.response_format?.json_schema?.schema
      : body.tools?.find(({ name }) => name === body.tool_choice?.name)?.input_schema,
  };
}

function systemOf({ messages }: Body): string {
  const first = messages.find(({ role }) => role === "system")?.content;
  return typeof first === "string" ? first : "";
}

function textsOf({ text, content }: Block): string[] {
  return [...(text === undefined ? [] : [text]), ...(content ?? []).map((part) => part.text)];
}

function imagesOf({ source, image_url: image }: Block): ModelImage[] {
  if (source !== undefined) return [{ mediaType: source.media_type, base64: source.data }];
  const [, mediaType, base64] = /^data:([^;]+);base64,(.*)$/u.exec(image?.url ?? "") ?? [];
  return mediaType === undefined || base64 === undefined ? [] : [{ mediaType, base64 }];
}
