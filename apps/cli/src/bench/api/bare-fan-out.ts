import { once } from "node:events";
import { announceReady } from "@valet/runtime";
import { WebSocketServer } from "ws";

/*
 * What a fan-out costs without anything of ours: every message that one client sends goes, with the time, to
 * all clients. A process of its own, as the API is.
 */

const sockets = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
await once(sockets, "listening");
sockets.on("connection", (client) => {
  client.on("message", (data: Buffer) => {
    const frame = Buffer.from(JSON.stringify({ at: Date.now(), padding: data.toString() }));
    for (const each of sockets.clients) each.send(frame, { binary: false });
  });
});
const address = sockets.address();
if (address === null || typeof address === "string") throw new Error("It listens on TCP.");
announceReady({ url: `ws://127.0.0.1:${address.port}` });
