import { ValetError, createUserRoute } from "@valet/contracts";
import { addUser } from "@valet/db";
import type { App } from "../app-type.ts";
import { userOf } from "../authentication.ts";
import type { ApiDeps } from "../deps.ts";

export function registerAdminRoutes(app: App, { database: { db } }: ApiDeps): void {
  app.route({
    ...createUserRoute,
    // Before the body is read: who may not do this learns nothing about what would be accepted.
    preParsing: async (request) => {
      if (userOf(request).role === "admin") return;
      throw new ValetError(
        "FORBIDDEN",
        "Only an admin may add users. Nothing was added. Ask an admin of this server.",
      );
    },
    handler: async (request, reply) => {
      const { name, role } = request.body;
      return reply.code(201).send(await addUser(db, { name, role }));
    },
  });
}
