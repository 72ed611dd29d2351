import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type Problem, type ValetError, liveProtocolsIn, toValetError } from "@valet/contracts";
import type { Logger } from "@valet/runtime";
import { type WebSocket, WebSocketServer } from "ws";
import { refuseUpgrade } from "../relay-answers.ts";

export interface DisplayDoorInput {
  /**
   * Whom the request may see; what is returned gets the connection. Throws a ValetError to refuse.
   */
  readonly admit: (request: IncomingMessage) => (webSocket: WebSocket) => void;
  readonly log: Logger;
}

/** Where viewers of displays come in: WebSockets with a subprotocol of `LiveProtocol`. */
export interface DisplayDoor {
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  close(): void;
}

/** The longest message in one piece: a clipboard. */
const maxMessageBytes = 1024 * 1024;

export function createDisplayDoor({ admit, log }: DisplayDoorInput): DisplayDoor {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    handleProtocols: (offered) => liveProtocolsIn(offered)[0] ?? false,
  });
  return {
    onUpgrade(request, socket, head) {
      socket.on("error", () => socket.destroy());
      try {
        sockets.handleUpgrade(request, socket, head, admit(request));
      } catch (thrown) {
        const error = toValetError(thrown);
        if (error.kind === "bug") log.error({ err: error }, "a viewer could not be let in");
        refuseUpgrade(socket, problemOf(error));
      }
    },
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function problemOf({ code, message, details }: ValetError): Problem {
  return { code, message, details: { ...details } };
}
