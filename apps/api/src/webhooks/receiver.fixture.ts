import { once } from "node:events";
import { type IncomingHttpHeaders, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks on this machine, which answers each path as it is told. Tests only. */
export interface Receiver {
  readonly port: number;
  /** `127.0.0.1:PORT`, for `VALET_ALLOW_PRIVATE`. */
  readonly host: string;
  /** A path of its own, so that tests do not see each other's messages. */
  readonly at: (answer: (reply: ServerResponse, count: number) => void) => ReceiverPath;
  readonly close: () => Promise<void>;
}

export interface ReceiverPath {
  readonly url: string;
  readonly received: Received[];
}

export const answer =
  (status: number, headers: Readonly<Record<string, string>> = {}) =>
  (reply: ServerResponse): void =>
    void reply.writeHead(status, headers).end();

export async function openReceiver(): Promise<Receiver> {
  const answers = new Map<string, (reply: ServerResponse, count: number) => void>();
  const all: Received[] = [];
  const lists = new Map<string, Received[]>();
  const server = createServer((request, reply) => {
    void request.toArray().then((chunks) => {
      const path = request.url ?? "";
      const one = { path, headers: request.headers, body: Buffer.concat(chunks).toString("utf8") };
      all.push(one);
      const list = lists.get(path);
      list?.push(one);
      (answers.get(path) ?? answer(404))(reply, list?.length ?? 0);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    port,
    host: `127.0.0.1:${port}`,
    at(answering) {
      const path = `/hook-${answers.size}`;
      const received: Received[] = [];
      answers.set(path, answering);
      lists.set(path, received);
      return { url: `http://127.0.0.1:${port}${path}`, received };
    },
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
