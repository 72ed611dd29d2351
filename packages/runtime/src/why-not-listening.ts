import { connect } from "node:net";

/**
 * Whether something accepts TCP connections at `host:port`: says why not, or `undefined` when it
 * does. Sends nothing.
 */
export function whyNotListening(hostPort: string, limitMs: number): Promise<string | undefined> {
  const colon = hostPort.lastIndexOf(":");
  const host = hostPort.slice(0, colon).replace(/^\[|\]$/g, "");
  const port = Number(hostPort.slice(colon + 1));
  if (colon === -1 || !Number.isInteger(port)) return Promise.resolve("has no port");
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: limitMs });
    const end = (reason: string | undefined) => {
      socket.destroy();
      resolve(reason);
    };
    socket.once("connect", () => end(undefined));
    socket.once("timeout", () => end("ETIMEDOUT"));
    socket.once("error", (error) =>
      end("code" in error && typeof error.code === "string" ? error.code : "refused"),
    );
  });
}
