import { getProfileRoute, getProfileSourcesRoute, putProfileRoute } from "@valet/contracts";
import { getProfile, getSourcedProfile, putProfile } from "@valet/db";
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
    ...getProfileSourcesRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      const { sources } = await getSourcedProfile(db, user.id);
      return { sources: { ...sources } };
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
