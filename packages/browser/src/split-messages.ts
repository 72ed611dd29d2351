import type { CdpMessage } from "./cdp-message.ts";

/** Longest message in bytes that Chromium may send; a longer one ends the pipe. */
const maxMessageBytes = 256 * 1024 * 1024;

/** Collects chunks until a NUL, so that a message of many chunks is copied once. */
export function splitMessages(
  onMessage: (message: CdpMessage) => void,
  onBroken: () => void,
): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let bytes = 0;
  return (chunk) => {
    let start = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      parts.push(chunk.subarray(start, end));
      const text = Buffer.concat(parts).toString("utf8");
      parts = [];
      bytes = 0;
      start = end + 1;
      const message = readMessage(text);
      if (message === undefined) onBroken();
      else onMessage(message);
    }
    if (start === chunk.length) return;
    parts.push(chunk.subarray(start));
    bytes += chunk.length - start;
    if (bytes > maxMessageBytes) onBroken();
  };
}

function readMessage(text: string): CdpMessage | undefined {
  try {
    const message: CdpMessage = JSON.parse(text); // the browser we started is the only writer
    return message;
  } catch {
    return undefined;
  }
}
