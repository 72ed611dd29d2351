import { getProfileRoute, getProfileSourcesRoute, putProfileRoute } from "@valet/contracts";
import { getSourcedProfile, putProfileOver } from "@valet/db";
import type { App } from "../app-type.ts";
import { personOf } from "../identity/person.ts";

export function registerProfileRoutes(app: App): void {
  app.route({
    ...getProfileRoute,
    handler: async (request, reply) => {
      const { db, user } = personOf(request);
      const { profile, version } = await getSourcedProfile(db, user.id);
      void reply.header("etag", tagOf(version));
      return profile;
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
    handler: async (request, reply) => {
      const { db, user } = personOf(request);
      const wanted = request.headers["if-match"];
      const { profile, version } = await putProfileOver(db, user.id, {
        profile: request.body,
        isRight: (stored) => wanted === undefined || wanted === "*" || wanted === tagOf(stored),
      });
      void reply.header("etag", tagOf(version));
      return profile;
    },
  });
}

/** Of a version of somebody's profile, as HTTP writes such a thing. */
function tagOf(version: number): string {
  return `"${version}"`;
}
