import dgram from "node:dgram";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

/**
 * Closes every way of Node to the network for the process that imports it, before anything else does: its
 * permissions know files, processes, workers and addons, and no network. TLS, HTTP, `fetch` and WebSockets
 * all connect through the sockets that are closed here. It is the second lock; where the kernel allows it,
 * the process has no network at all (`start-parse-child.ts`).
 */
function denied(): never {
  throw Object.assign(new Error("This process has no network."), { code: "ERR_ACCESS_DENIED" });
}

function close(owner: object, names: readonly string[]): void {
  for (const name of names) {
    Object.defineProperty(owner, name, { value: denied, writable: false, configurable: false });
  }
}

function lookupsOf(owner: object): readonly string[] {
  return Object.getOwnPropertyNames(owner).filter((name) =>
    /^(?:lookup|resolve|reverse)/u.test(name),
  );
}

close(net.Socket.prototype, ["connect"]);
close(net.Server.prototype, ["listen"]);
close(net, ["_createServerHandle"]);
close(dgram, ["_createSocketHandle"]);
close(dgram.Socket.prototype, ["bind", "connect", "send"]);
for (const owner of [
  dns,
  dns.promises,
  dns.Resolver.prototype,
  Object.getPrototypeOf(dns.Resolver.prototype),
  dns.promises.Resolver.prototype,
]) {
  close(owner, lookupsOf(owner));
}
syncBuiltinESMExports();
