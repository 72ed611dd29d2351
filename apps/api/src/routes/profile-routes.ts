import { getProfileRoute, putProfileRoute } from "@valet/contracts";
import { getProfile, putProfile } from "@valet/db";
import type { App } from "../app-type.ts";
import { userOf } from "../authentication.ts";
import type { ApiDeps } from "../deps.ts";

export function registerProfileRoutes(app: App, { database: { db } }: ApiDeps): void {
  app.route({
    ...getProfileRoute,
    handler: async (request) => getProfile(db, userOf(request).id),
  });

  app.route({
    ...putProfileRoute,
    handler: async (request) => {
      const userId = userOf(request).id;
      await putProfile(db, userId, request.body);
      return getProfile(db, userId);
    },
  });
}
