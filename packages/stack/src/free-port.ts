import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { ValetError } from "@valet/contracts";

// Below the range the kernel takes from for outgoing connections, so that a port found free is not
// gone again before the server listens on it.
const lowest = 20_000;
const highest = 32_000;

export interface FreePortInput {
  /** Where the server will listen: this machine only, unless "all". */
  readonly listens?: "loopback" | "all";
  /** Taken if it is free, so that addresses stay the same across restarts. */
  readonly preferred?: number | undefined;
  /** Ports already promised to others. */
  readonly except?: ReadonlySet<number>;
}

/** A TCP port on which nothing listens at this moment. */
export async function freePort(input: FreePortInput = {}): Promise<number> {
  const { listens = "loopback", preferred, except } = input;
  const isUsable = async (port: number) =>
    except?.has(port) !== true && (await isFree(port, listens));
  if (preferred !== undefined && (await isUsable(preferred))) return preferred;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = randomInt(lowest, highest);
    if (await isUsable(port)) return port;
  }
  throw new ValetError(
    "PORT_TAKEN",
    `No free port was found between ${lowest} and ${highest}. Stop something that listens there and try again.`,
  );
}

export function isFree(port: number, listens: "loopback" | "all"): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once("error", () => resolve(false));
  const options = listens === "all" ? { port } : { port, host: "127.0.0.1" };
  server.listen(options, () => server.close(() => resolve(true)));
  return promise;
}
