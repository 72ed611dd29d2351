import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";

/** The head of an answer as it goes over the wire; `headers` are names and values in turn. */
export function rawHead(status: number, headers: readonly string[]): string {
  const lines = headers.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${headers[index + 1] ?? ""}`] : [],
  );
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...lines, "", ""].join("\r\n");
}

/** An answer of the proxy's own on a connection that is of no further use. */
export function answerBare(client: Socket, status: 400 | 403 | 502): void {
  const headers = ["Content-Length", "0", "Connection", "close"];
  client.end(rawHead(status, headers), () => client.destroy());
}
