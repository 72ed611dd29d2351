import { once } from "node:events";
import type { SessionHostClient } from "@valet/browser";

type WebSocket = ReturnType<SessionHostClient["openDisplay"]>;

/** A viewer as small as can be, for tests: raw pixels, keys and pointer. */
export interface RfbViewer {
  readonly webSocket: WebSocket;
  readonly size: { readonly width: number; readonly height: number };
  /** The next whole picture, four bytes a pixel: blue, green, red, nothing. */
  picture(): Promise<Buffer>;
  /** Presses and lets go of a key by its X keysym. */
  key(keysym: number): void;
  type(text: string): void;
  /** Moves there, presses and lets go of the first button. */
  click(x: number, y: number): void;
  send(bytes: Buffer): void;
  /** The code and reason that it was closed with. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  close(): Promise<void>;
}

/** @throws the status of the answer when the host refuses. */
export async function openRfbViewer(webSocket: WebSocket): Promise<RfbViewer> {
  const refused = once(webSocket, "unexpected-response").then(([, response]) => {
    throw new Error(`refused with ${response.statusCode}`);
  });
  const closed = once(webSocket, "close").then(([code, reason]) => ({
    code: Number(code),
    reason: String(reason),
  }));
  const read = readerOf(webSocket);
  await Promise.race([once(webSocket, "open"), refused]);
  refused.catch(() => undefined);
  const send = (bytes: Buffer) => webSocket.send(bytes);

  expectBytes(await read(12), Buffer.from("RFB 003.008\n"));
  send(Buffer.from("RFB 003.008\n"));
  const [count = 0] = await read(1);
  await read(count);
  send(Buffer.from([1]));
  expectBytes(await read(4), Buffer.alloc(4));
  send(Buffer.from([0])); // alone, if it could
  const head = await read(24);
  await read(head.readUInt32BE(20));
  const size = { width: head.readUInt16BE(0), height: head.readUInt16BE(2) };
  send(Buffer.from([2, 0, 0, 1, 0, 0, 0, 0]));

  function key(keysym: number): void {
    for (const isDown of [1, 0]) {
      const message = Buffer.from([4, isDown, 0, 0, 0, 0, 0, 0]);
      message.writeUInt32BE(keysym, 4);
      send(message);
    }
  }
  function point(x: number, y: number, buttons: number): void {
    const message = Buffer.from([5, buttons, 0, 0, 0, 0]);
    message.writeUInt16BE(x, 2);
    message.writeUInt16BE(y, 4);
    send(message);
  }

  return {
    webSocket,
    size,
    key,
    type: (text) => Array.from(text).forEach((letter) => key(keysymOf(letter))),
    click(x, y) {
      for (const buttons of [0, 1, 0]) point(x, y, buttons);
    },
    send,
    async picture() {
      const { width, height } = size;
      const request = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
      request.writeUInt16BE(width, 6);
      request.writeUInt16BE(height, 8);
      send(request);
      const pixels = Buffer.alloc(width * height * 4);
      for (let left = width * height; left > 0;) {
        const rectangles = (await read(4)).readUInt16BE(2);
        for (let index = 0; index < rectangles; index += 1) {
          const [x, y, w, h] = wordsOf(await read(12));
          const rows = await read(w * h * 4);
          for (let row = 0; row < h; row += 1) {
            rows.copy(pixels, ((y + row) * width + x) * 4, row * w * 4, (row + 1) * w * 4);
          }
          left -= w * h;
        }
      }
      return pixels;
    },
    closed,
    async close() {
      webSocket.close();
      await closed;
    },
  };
}

/** Of a letter: its own number where Latin-1 has it, otherwise that of Unicode. */
function keysymOf(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  return code < 0x100 ? code : 0x0100_0000 + code;
}

function wordsOf(rectangle: Buffer): [x: number, y: number, width: number, height: number] {
  const word = (at: number) => rectangle.readUInt16BE(at);
  return [word(0), word(2), word(4), word(6)];
}

function expectBytes(found: Buffer, expected: Buffer): void {
  if (!found.equals(expected)) throw new Error(`The display said ${found.toString("hex")}.`);
}

/** Exactly so many bytes, however they are cut into messages. */
function readerOf(webSocket: WebSocket): (length: number) => Promise<Buffer> {
  const arrived = { parts: [Buffer.alloc(0)], bytes: 0, wake: () => {} };
  webSocket.on("message", (data: Buffer) => {
    arrived.parts.push(Buffer.from(data));
    arrived.bytes += data.length;
    arrived.wake();
  });
  return async (length) => {
    while (arrived.bytes < length) {
      await new Promise<void>((resolve) => {
        arrived.wake = resolve;
      });
    }
    const all = Buffer.concat(arrived.parts);
    arrived.parts = [all.subarray(length)];
    arrived.bytes -= length;
    return all.subarray(0, length);
  };
}
