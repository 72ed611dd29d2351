import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type Problem, errorPolicies } from "@valet/contracts";

/** `/relay/TICKET/json/version` → its parts. */
export function readRelayAddress(request: IncomingMessage): {
  ticket: string | undefined;
  rest: string;
} {
  const [pathname = ""] = (request.url ?? "").split("?");
  const [, door, ticket, ...rest] = pathname.split("/");
  if (door !== "relay") return { ticket: undefined, rest: "" };
  return { ticket, rest: rest.filter((part) => part !== "").join("/") };
}

/** A page has no business here even if it learned a ticket; an engine's own extension has. */
export function isFromWebPage({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && !headers.origin.startsWith("chrome-extension://");
}

export const fencedProblem: Problem = {
  code: "FENCED",
  message:
    "Another worker has taken over this browser session, so this one may not touch the page any more. Stop here; the newer worker goes on.",
};

export const lostProblem: Problem = {
  code: "SESSION_LOST",
  message:
    "There is no browser session behind this address: it was closed, or its browser is gone. Ask the session host for the task's session.",
};

export const notFoundProblem: Problem = {
  code: "NOT_FOUND",
  message: "The browser relay serves /json/version and a WebSocket, nothing else.",
};

export function refuseRequest(response: ServerResponse, problem: Problem): void {
  const { status } = errorPolicies[problem.code];
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(problem));
}

export function refuseUpgrade(socket: Duplex, problem: Problem): void {
  const text = JSON.stringify(problem);
  const { status } = errorPolicies[problem.code];
  socket.end(
    `HTTP/1.1 ${status} ${problem.code}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}
