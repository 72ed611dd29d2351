import type { Socket } from "node:net";
import type { EgressHold } from "./create-egress-hold.ts";

/**
 * Passes bytes both ways as fast as the slower side takes them; each direction ends by itself. Whoever
 * calls this listens to the sockets' errors.
 */
export function joinSockets(
  hold: EgressHold,
  { client, upstream }: { readonly client: Socket; readonly upstream: Socket },
): void {
  hold.pass(client, upstream);
  upstream.pipe(client);
  closeAfter(client, upstream);
  closeAfter(upstream, client);
}

function closeAfter(first: Socket, second: Socket): void {
  first.once("close", () => {
    // What came in full still goes out in full; what broke off breaks off on the other side too.
    if (first.readableEnded) second.destroySoon();
    else second.destroy();
  });
}
