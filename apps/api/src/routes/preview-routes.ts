import { previewTaskRoute } from "@valet/contracts";
import type { App } from "../app-type.ts";
import { callerGone } from "../caller-gone.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { personOf } from "../identity/person.ts";
import { previewTask } from "../preview/preview-task.ts";

export function registerPreviewRoutes(
  app: App,
  { networkPolicy, getPage }: Pick<PersonRouteDeps, "networkPolicy" | "getPage">,
): void {
  app.route({
    ...previewTaskRoute,
    handler: async (request, reply) => {
      const { db, user } = personOf(request);
      const { jobUrl } = request.body;
      const asked = { userId: user.id, jobUrl };
      return previewTask({ db, networkPolicy, getPage }, asked, callerGone(reply));
    },
  });
}
