/**
 * Stands between a session host and its Chromium: `node chromium-between.fixture.ts CHROMIUM ARG…` with the
 * debugging pipe on 3 and 4, which it passes on. At SIGUSR2 it cuts the first connection that was opened
 * over it, the gate's, and no other: as Chromium does that ends one. It does the same when its host dies,
 * and Chromium lives on, as it would behind a debugging port.
 */
import { spawn } from "node:child_process";
import { Socket } from "node:net";

const [, , chromium = "", ...args] = process.argv;
const child = spawn(chromium, args, { stdio: ["ignore", "ignore", "inherit", "pipe", "pipe"] });
const [toBrowser, fromBrowser] = [socketAt(3), socketAt(4)];
const [fromHost, toHost] = [new Socket({ fd: 3 }), new Socket({ fd: 4 })];
let gate: string | undefined;

fromHost.pipe(toBrowser, { end: false });
fromHost.once("end", cut);
fromBrowser.on("data", (bytes: Buffer) => {
  gate ??= /"result":\{"sessionId":"(\w+)"\}/u.exec(bytes.toString("latin1"))?.[1];
  toHost.write(bytes);
});
process.on("SIGUSR2", cut);
function cut(): void {
  const params = { sessionId: gate };
  const order = { id: 2_000_000_000, method: "Target.detachFromTarget", params };
  toBrowser.write(`${JSON.stringify(order)}\0`);
}
for (const stream of [fromHost, toHost, fromBrowser, toBrowser]) {
  stream.on("error", () => undefined);
}
child.once("exit", (code) => process.exit(code ?? 1));

function socketAt(place: 3 | 4): Socket {
  const stream = child.stdio[place];
  if (stream instanceof Socket) return stream;
  throw new Error("Chromium was started without its debugging pipe.");
}
