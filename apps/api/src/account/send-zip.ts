import type { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

/** As a file to keep: nothing on the way may store it, and no browser open it as a page. */
export function sendZip(reply: FastifyReply, fileName: string, zip: Readable): FastifyReply {
  zip.once("error", (err) => {
    if (!reply.raw.destroyed) reply.log.warn({ err }, "a zip broke off");
  });
  return reply
    .type("application/zip")
    .header("content-disposition", `attachment; filename="${fileName}"`)
    .header("cache-control", "private, no-store")
    .send(zip);
}
