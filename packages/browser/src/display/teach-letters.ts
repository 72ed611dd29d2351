import { once } from "node:events";
import type { Socket } from "node:net";

/**
 * Of Western Europe's languages, beyond ASCII; capitals come with them. Chromium knows about so many spare
 * keys and the very first is none of them.
 */
const letters = "ÿäöüßéèàâçñåæøáíóúêîô";

/**
 * Has a display make keys for letters that its keyboard has none for, before a browser is there. A display makes
 * such a key when it is first pressed, and Chromium, which hears of the new key together with the press,
 * mostly reads it too late: the first letter of its kind would be lost.
 */
export async function teachLetters(socket: Socket): Promise<void> {
  try {
    const read = readerOf(socket);
    await read(12);
    socket.write("RFB 003.008\n");
    const [kinds = 0] = await read(1);
    await read(kinds);
    socket.write(Buffer.from([1]));
    await read(4);
    socket.write(Buffer.from([1]));
    const head = await read(24);
    await read(head.readUInt32BE(20));
    socket.write(Buffer.concat(Array.from(letters, (letter) => pressed(letter.charCodeAt(0)))));
    // It answers in order, so that after one pixel all keys are there.
    socket.write(Buffer.from([2, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 1, 0, 1]));
    await read(1);
  } finally {
    socket.destroy();
  }
}

/** X names the letters of Latin-1 by their own numbers. */
function pressed(keysym: number): Buffer {
  const messages = Buffer.from([4, 1, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]);
  messages.writeUInt32BE(keysym, 4);
  messages.writeUInt32BE(keysym, 12);
  return messages;
}

function readerOf(socket: Socket): (length: number) => Promise<Buffer> {
  let waiting: Buffer = Buffer.alloc(0);
  return async (length) => {
    while (waiting.length < length) {
      const [data] = await once(socket, "data");
      waiting = Buffer.concat([waiting, data]);
    }
    const part = waiting.subarray(0, length);
    waiting = waiting.subarray(length);
    return part;
  };
}
