import { ValetError, getEvidenceRoute, getPictureRoute, getReceiptRoute } from "@valet/contracts";
import { getTask, listEvidence, listEvidenceFiles } from "@valet/db";
import { fileEntry } from "../account/account-entries.ts";
import { sendZip } from "../account/send-zip.ts";
import { streamZip } from "../account/stream-zip.ts";
import type { App } from "../app-type.ts";
import { personOf } from "../identity/person.ts";
import { callerGone } from "../caller-gone.ts";
import type { PersonRouteDeps } from "../deps.ts";

/** The page holds its own styles and pictures and nothing that runs. */
const receiptPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

export function registerReceiptRoutes(app: App, { store }: PersonRouteDeps): void {
  app.route({
    ...getEvidenceRoute,
    handler: async (request, reply) => {
      const { db, user } = personOf(request);
      const task = await getTask(db, { id: request.params.id, userId: user.id });
      const files = await listEvidenceFiles(db, task.id);
      if (files.length === 0) throw noEvidence(task.state);
      const entries = files.map((file) => fileEntry(store, file));
      return sendZip(reply, `evidence-${task.id}.zip`, streamZip(entries, callerGone(reply)));
    },
  });

  app.route({
    ...getPictureRoute,
    handler: async (request, reply) => {
      const { db, user } = personOf(request);
      const { id, name } = request.params;
      const task = await getTask(db, { id, userId: user.id });
      const pieces = await listEvidence(db, task.id);
      const picture = pieces.find(
        ({ storageKey, contentType }) =>
          contentType.startsWith("image/") && storageKey.endsWith(`/${name}`),
      );
      const object =
        picture === undefined ? undefined : await store.get(picture.storageKey, callerGone(reply));
      if (picture === undefined || object === undefined) throw noPicture();
      return reply
        .type(picture.contentType)
        .header("cache-control", "private, max-age=300")
        .send(object.body);
    },
  });

  app.route({
    ...getReceiptRoute,
    handler: async (request, reply) => {
      const { db, user } = personOf(request);
      const task = await getTask(db, { id: request.params.id, userId: user.id });
      const wantsPage = acceptsHtml(request.headers.accept);
      const kind = wantsPage ? "receipt_html" : "receipt";
      const piece = (await listEvidence(db, task.id)).findLast((one) => one.kind === kind);
      if (piece === undefined) throw noReceipt(task.state);
      const object = await store.get(piece.storageKey, callerGone(reply));
      if (object === undefined) throw noReceipt(task.state);
      if (wantsPage) void reply.header("content-security-policy", receiptPolicy);
      return reply
        .type(wantsPage ? "text/html; charset=utf-8" : "application/json; charset=utf-8")
        .header("cache-control", "private, no-store")
        .send(object.body);
    },
  });
}

/** JSON unless the caller names HTML and does not name JSON before it. */
function acceptsHtml(accept: string | undefined): boolean {
  const wanted = (accept ?? "").split(",").map((type) => type.split(";")[0]?.trim());
  const html = wanted.indexOf("text/html");
  const json = wanted.indexOf("application/json");
  return html !== -1 && (json === -1 || html < json);
}

function noReceipt(state: string): ValetError {
  return new ValetError(
    "NOT_FOUND",
    "This application has no receipt yet. One is written when it comes to its end.",
    { state },
  );
}

function noPicture(): ValetError {
  return new ValetError("NOT_FOUND", "There is no such picture of this application.");
}

function noEvidence(state: string): ValetError {
  return new ValetError(
    "NOT_FOUND",
    "Of this application nothing has been kept yet. The first picture is taken when its form is filled.",
    { state },
  );
}
