import { ValetError, eraseAccountRoute, exportAccountRoute } from "@valet/contracts";
import { requestErasure } from "@valet/db";
import { accountEntries } from "../account/account-entries.ts";
import { sendZip } from "../account/send-zip.ts";
import { streamZip } from "../account/stream-zip.ts";
import type { App } from "../app-type.ts";
import { callerGone } from "../caller-gone.ts";
import type { ApiDeps } from "../deps.ts";
import { personOf } from "../identity/person.ts";

export function registerAccountRoutes(app: App, deps: ApiDeps): void {
  app.route({
    ...exportAccountRoute,
    handler: async (request, reply) => {
      const { db, user } = personOf(request);
      const entries = accountEntries({ db, store: deps.store }, user.id);
      return sendZip(reply, "valet-account.zip", streamZip(entries, callerGone(reply)));
    },
  });

  app.route({
    ...eraseAccountRoute,
    handler: async (request, reply) => {
      const { id, name } = personOf(request).user;
      if (request.body.confirm !== name) throw notConfirmed();
      const requestedAt = await requestErasure(deps.database.db, id);
      deps.kickErasures();
      return reply.code(202).send({ erasing: true, requestedAt: requestedAt.toISOString() });
    },
  });
}

function notConfirmed(): ValetError {
  return new ValetError(
    "NOT_CONFIRMED",
    "Erasing cannot be taken back, so it needs your user name in `confirm`, and this is another. Nothing was changed.",
  );
}
