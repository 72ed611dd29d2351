import {
  ValetError,
  acceptResumeRoute,
  getResumeRoute,
  listResumesRoute,
  reparseResumeRoute,
  uploadResumeRoute,
} from "@valet/contracts";
import {
  acceptResume,
  askForParse,
  findParseWithChanges,
  findResume,
  listResumes,
  resumeNotFound,
  resumeOf,
} from "@valet/db";
import type { FastifyRequest } from "fastify";
import type { App } from "../app-type.ts";
import { personOf } from "../identity/person.ts";
import { callerGone } from "../caller-gone.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { storeResume } from "../store-resume.ts";

export function registerResumeRoutes(app: App, deps: PersonRouteDeps): void {
  app.route({
    ...uploadResumeRoute,
    handler: async (request, reply) => {
      const { fileName, bytes } = await receiveFile(request);
      const { user, writer } = personOf(request);
      const file = { userId: user.id, fileName, bytes };
      const row = await storeResume({ ...deps, writer }, file, callerGone(reply));
      return reply.code(201).send(resumeOf(row));
    },
  });

  app.route({
    ...listResumesRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      const rows = await listResumes(db, user.id);
      return { resumes: rows.map(resumeOf) };
    },
  });

  app.route({
    ...getResumeRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      const asked = { id: request.params.id, userId: user.id };
      const row = await findResume(db, asked);
      if (row === undefined) throw resumeNotFound();
      return { ...resumeOf(row), ...(await findParseWithChanges(db, asked)) };
    },
  });

  app.route({
    ...acceptResumeRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      const { changes } = request.body ?? { changes: "additions" };
      return acceptResume(db, { id: request.params.id, userId: user.id, changes });
    },
  });

  app.route({
    ...reparseResumeRoute,
    handler: async (request, reply) => {
      const { user, writer } = personOf(request);
      const row = await askForParse(writer, { id: request.params.id, userId: user.id });
      deps.kickRelay();
      return reply.code(202).send(resumeOf(row));
    },
  });
}

/** The first file of the form, whole: a DOCX says what it is at its end. */
async function receiveFile(request: FastifyRequest): Promise<{ fileName: string; bytes: Buffer }> {
  const part = await request.file();
  if (part === undefined) {
    throw new ValetError(
      "RESUME_EMPTY",
      "The form holds no file. Nothing was stored. Send the résumé as one file of a multipart/form-data form.",
    );
  }
  const bytes = await part.toBuffer();
  // The parser looks only when a piece arrives: where the limit falls between two, it hands on the beginning.
  if (part.file.truncated) throw new request.server.multipartErrors.RequestFileTooLargeError();
  return { fileName: part.filename, bytes };
}
