import { ValetError, consolePages } from "@valet/contracts";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../app-type.ts";
import type { ConsoleFile, ConsoleFiles } from "./read-console.ts";

/**
 * Only files of ours, and no text becomes a script: what a hostile page or résumé says is shown and never run.
 * Pictures may also stand in a `data:` address: the live view draws its pointer and parts of its picture so.
 */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

const noDevices = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/**
 * The console at its own paths: the same page at each of them, and its files, whose names change with their
 * content. Every other address stays the API's.
 */
export function serveConsole(app: App, files: ConsoleFiles): void {
  const hidden = { schema: { hide: true } };
  for (const path of consolePages) {
    app.get(path, hidden, (request, reply) => {
      const page = files.get("index.html");
      if (page === undefined) throw notBuilt();
      void reply
        .header("content-security-policy", pagePolicy)
        .header("permissions-policy", noDevices)
        .header("cache-control", "no-cache");
      return send(request, reply, page);
    });
  }
  app.get<{ Params: { file: string } }>("/assets/:file", hidden, (request, reply) => {
    const file = files.get(`assets/${request.params.file}`);
    if (file === undefined) throw goneFile();
    void reply.header("cache-control", "public, max-age=31536000, immutable");
    return send(request, reply, file);
  });
}

function send(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { type, body, gzip }: ConsoleFile,
): FastifyReply {
  void reply.type(type).header("vary", "accept-encoding");
  if (gzip === undefined || !/\bgzip\b/.test(headers["accept-encoding"]?.toString() ?? "")) {
    return reply.send(body);
  }
  return reply.header("content-encoding", "gzip").send(gzip);
}

function notBuilt(): ValetError {
  return new ValetError(
    "NOT_FOUND",
    "The console has not been built here. Start Valet with `npm run valet -- up`, which builds it; the API works without it, and /docs describes it.",
  );
}

function goneFile(): ValetError {
  return new ValetError(
    "NOT_FOUND",
    "This file of the console is not there any more. Load the page again.",
  );
}
