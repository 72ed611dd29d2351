import { once } from "node:events";
import { type RequestListener, createServer as createHttpServer } from "node:http";
import { type AddressInfo, type Server, type Socket, connect, createServer } from "node:net";
import { type Dialer, type EgressPolicy, createDialer } from "./create-dialer.ts";
import { type EgressProxy, createEgressProxy } from "./create-egress-proxy.ts";
import { quietLog } from "../test-browser.fixture.ts";

export interface Listening {
  readonly port: number;
  /** How many connections it has had. */
  readonly dials: () => number;
  close(): Promise<void>;
}

/** Something on this machine that may or may not be reached. */
export async function listen(
  onSocket: (socket: Socket) => void = () => undefined,
  address = "127.0.0.1",
): Promise<Listening> {
  return listening(createServer({ allowHalfOpen: true }, onSocket), address);
}

export function listenHttp(onRequest: RequestListener): Promise<Listening> {
  return listening(createHttpServer(onRequest), "127.0.0.1");
}

async function listening(server: Server, address: string): Promise<Listening> {
  const sockets = new Set<Socket>();
  let dials = 0;
  server.on("connection", (socket) => {
    dials += 1;
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
  });
  server.listen(0, address);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  return {
    port,
    dials: () => dials,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Knows no name, and takes only 10.0.0.0/8 and 127.0.0.1 for private: so a test has others to dial. */
export function openTestDialer(change: Partial<EgressPolicy> = {}): Dialer {
  return createDialer({
    allowPrivate: new Set(),
    lookUpHost: async () => [],
    isPrivateAddress: (address) => address === "127.0.0.1" || address.startsWith("10."),
    ...change,
  });
}

/** A proxy that reaches this machine only, as in demo and tests. */
export function openTestProxy(): Promise<EgressProxy> {
  const dialer = openTestDialer({ allowPrivate: new Set(["jobs.example.com:1"]) });
  return createEgressProxy({ dialer, log: quietLog });
}

/** A connection to the proxy, with what has come over it. */
export interface ProxyClient {
  readonly socket: Socket;
  readonly received: () => string;
  /** Whether the other side has ended it. */
  readonly isOver: () => boolean;
}

export async function connectTo(address: string): Promise<ProxyClient> {
  const { hostname, port } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  let received = "";
  let isOver = false;
  const over = (): void => void (isOver = true);
  socket.setEncoding("latin1").on("data", (text: string) => (received += text));
  socket.on("error", over).once("end", over).once("close", over);
  await once(socket, "connect");
  return { socket, received: () => received, isOver: () => isOver };
}

/** Asks for a tunnel; whether there is one is in what is received. */
export async function askTunnel(proxy: EgressProxy, authority: string): Promise<ProxyClient> {
  const client = await connectTo(proxy.address);
  client.socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`);
  return client;
}

export const established = "HTTP/1.1 200 Connection Established\r\n\r\n";
