import { expect, test } from "vitest";
import { type ServerSentEvent, readEventStream } from "./read-event-stream.ts";

async function read(chunks: readonly Uint8Array[]): Promise<ServerSentEvent[]> {
  const messages: ServerSentEvent[] = [];
  for await (const message of readEventStream(ReadableStream.from(chunks), () => {})) {
    messages.push(message);
  }
  return messages;
}

const text =
  ': hello\n\nid: 1\nevent: progress\ndata: {"a":"ü"}\n\n' +
  "event: reset\r\ndata: {}\r\n\r\ndata: one\ndata:two\n\n: quiet\n\nevent: cut\ndata: lost";

const expected = [
  { id: "1", event: "progress", data: '{"a":"ü"}' },
  { id: "1", event: "reset", data: "{}" },
  { id: "1", event: "message", data: "one\ntwo" },
];

test("messages come out whole, comments and an unfinished end do not", async () => {
  expect(await read([Buffer.from(text)])).toEqual(expected);
});

test("they come out the same however the bytes are cut", async () => {
  const bytes = Buffer.from(text);
  for (let size = 1; size < 20; size += 1) {
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
    expect([size, await read(chunks)]).toEqual([size, expected]);
  }
});
