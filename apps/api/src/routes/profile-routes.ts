import { getProfileRoute, putProfileRoute } from "@valet/contracts";
import { getProfile, putProfile } from "@valet/db";
import type { App } from "../app-type.ts";
import { personOf } from "../identity/person.ts";

export function registerProfileRoutes(app: App): void {
  app.route({
    ...getProfileRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      return getProfile(db, user.id);
    },
  });

  app.route({
    ...putProfileRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      await putProfile(db, user.id, request.body);
      return getProfile(db, user.id);
    },
  });
}
