import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A worker that has come to a named point and waits there. */
export interface Held {
  readonly name: string;
  readonly taskId: string;
  /** Of the worker process. */
  readonly pid: number;
  readonly release: () => void;
}

/** Stops workers at named points, so that a test can look, or kill, at exactly that moment. */
export interface HoldPoints {
  /** For `VALET_TEST_CHECKPOINT_URL`. */
  readonly url: string;
  /** Holds the next worker that comes to this point, of this task where one is named. */
  readonly hold: (name: string, taskId?: string) => Promise<Held>;
  /** Every point that was passed or held so far. */
  readonly seen: () => readonly string[];
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly name: string;
  readonly taskId: string | undefined;
  readonly resolve: (held: Held) => void;
}

export async function createHoldPoints(): Promise<HoldPoints> {
  const waiting: Waiting[] = [];
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      // Written by our own worker's checkpoint.
      const point = JSON.parse(Buffer.concat(chunks).toString()) as Omit<Held, "release">;
      seen.push(point.name);
      const index = waiting.findIndex(
        ({ name, taskId }) =>
          name === point.name && (taskId === undefined || taskId === point.taskId),
      );
      const [match] = index === -1 ? [] : waiting.splice(index, 1);
      if (match === undefined) response.end();
      else match.resolve({ ...point, release: () => void response.end() });
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    hold: (name, taskId) => new Promise((resolve) => void waiting.push({ name, taskId, resolve })),
    seen: () => seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(server: Server): number {
  const address = server.address() as AddressInfo; // it listens on a port
  return address.port;
}
