import { ValetError, getFileRoute, linkResumeRoute } from "@valet/contracts";
import { findResume, resumeNotFound } from "@valet/db";
import { type LinkRefusal, type ObjectStore, contentDisposition } from "@valet/storage";
import type { App } from "../app-type.ts";
import { callerGone } from "../caller-gone.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { personOf } from "../identity/person.ts";

const linkSeconds = 300;

export function registerLinkRoutes(app: App, { store, live }: PersonRouteDeps): void {
  app.route({
    ...linkResumeRoute,
    handler: async (request, reply) => {
      const { db, user } = personOf(request);
      const resume = await findResume(db, { id: request.params.id, userId: user.id });
      if (resume === undefined) throw resumeNotFound();
      const { storageKey: key, fileName } = resume;
      const asked = { key, fileName, expiresInSeconds: linkSeconds };
      const link = await store.link(asked, callerGone(reply));
      if (link === undefined) throw linkRefused("gone");
      const url = new URL(link.url, live.publicOrigin()).href;
      return { url, expiresAt: link.expiresAt.toISOString() };
    },
  });
}

/**
 * Asks nobody who they are: a link is made for who may have the file. What people uploaded is never shown
 * here as a page, whatever is in it.
 */
export function registerFileRoutes(app: App, { store }: { readonly store: ObjectStore }): void {
  app.route({
    ...getFileRoute,
    handler: async (request, reply) => {
      const opened = await store.openLink(request.params.token, callerGone(reply));
      if (opened.kind === "refused") throw linkRefused(opened.reason);
      const { fileName, object } = opened;
      object.body.once("error", (err) => {
        if (!reply.raw.destroyed) reply.log.warn({ err }, "a download broke off");
      });
      return reply
        .type(object.contentType)
        .header("content-length", object.byteSize)
        .header("content-disposition", contentDisposition(fileName))
        .header("content-security-policy", "sandbox; default-src 'none'")
        .header("cache-control", "private, no-store")
        .send(object.body);
    },
  });
}

function linkRefused(reason: LinkRefusal): ValetError {
  const message =
    reason === "expired"
      ? "This link has expired. Ask for a new one with GET /resumes/:id/link."
      : "This link leads to nothing. Ask for a new one with GET /resumes/:id/link.";
  return new ValetError("NOT_FOUND", message);
}
