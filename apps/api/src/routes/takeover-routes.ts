import { randomUUID } from "node:crypto";
import type { SessionHostClient } from "@valet/browser";
import {
  ValetError,
  isValetError,
  releaseTaskRoute,
  takeOverTaskRoute,
  typeTextRoute,
} from "@valet/contracts";
import {
  type BrowserSessionRow,
  addTakeoverTicket,
  finishByHandingBack,
  findLiveSession,
  getTask,
  revokeTakeoverTickets,
  taskOf,
  writeTask,
} from "@valet/db";
import type { App } from "../app-type.ts";
import { personOf } from "../identity/person.ts";
import { callerGone } from "../caller-gone.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { assertAllowedOrigin } from "../live/live-deps.ts";

export function registerTakeoverRoutes(app: App, deps: PersonRouteDeps): void {
  const { live } = deps;

  app.route({
    ...takeOverTaskRoute,
    handler: async (request, reply) => {
      const { db, user, credential } = personOf(request);
      const { id: taskId, userId } = await getTask(db, { id: request.params.id, userId: user.id });
      const origin = request.headers.origin ?? live.publicOrigin();
      assertAllowedOrigin(live, origin);
      const session = await findLiveSession(db, taskId);
      if (session === undefined) throw noBrowser();
      const sessionId = session.id;
      const host = hostOf(deps, session);
      const wanted = request.body;
      const control = wanted.mode === "control" ? (wanted.control ?? randomUUID()) : undefined;
      let clipboard = false;
      if (control !== undefined) {
        const holder = { taskId, userId, control };
        const grant = await host.takeControl(sessionId, holder, callerGone(reply));
        clipboard = grant.allowsClipboard;
      } else {
        const view = await host.getSession(sessionId, callerGone(reply));
        if (view.viewers === undefined) throw noDisplay();
      }
      const input = { taskId, userId, sessionId, control, origin, credential };
      const { ticket, mode, expiresAt } = await addTakeoverTicket(db, input);
      return reply.header("cache-control", "no-store").send({
        url: `${live.publicOrigin().replace(/^http/, "ws")}/live`,
        ticket,
        expiresAt: expiresAt.toISOString(),
        mode,
        control: control ?? null,
        clipboard,
      });
    },
  });

  app.route({
    ...typeTextRoute,
    handler: async (request, reply) => {
      const { db, user } = personOf(request);
      const { id: taskId, userId } = await getTask(db, { id: request.params.id, userId: user.id });
      const session = await findLiveSession(db, taskId);
      if (session === undefined) throw noBrowser();
      const input = { taskId, userId, ...request.body };
      await hostOf(deps, session).typeText(session.id, input, callerGone(reply));
      return { typed: true as const };
    },
  });

  app.route({
    ...releaseTaskRoute,
    handler: async (request, reply) => {
      const { db, user, writer } = personOf(request);
      const { id: taskId, userId } = await getTask(db, { id: request.params.id, userId: user.id });
      await revokeTakeoverTickets(db, { taskId, mode: "control" });
      const session = await findLiveSession(db, taskId);
      if (session !== undefined) {
        try {
          const host = hostOf(deps, session);
          await host.releaseControl(session.id, { taskId, userId }, callerGone(reply));
        } catch (error) {
          // With its browser gone, nobody holds it either.
          if (!isValetError(error, "SESSION_LOST")) throw error;
        }
      }
      await writeTask(writer, taskId, finishByHandingBack);
      deps.kickRelay();
      return taskOf(await getTask(db, { id: taskId }));
    },
  });
}

function hostOf({ live }: PersonRouteDeps, session: BrowserSessionRow): SessionHostClient {
  if (live.hostAt !== undefined) return live.hostAt(session.hostUrl);
  throw new ValetError(
    "SESSION_HOST_UNAVAILABLE",
    "This API has no access to live browsers. Give it the session host's VALET_SESSION_HOST_TOKEN and start it again.",
  );
}

function noBrowser(): ValetError {
  return new ValetError(
    "SESSION_LOST",
    "This application has no live browser now: it has not started, has ended, or waits with its browser closed. Nothing was changed.",
  );
}

function noDisplay(): ValetError {
  return new ValetError(
    "DISPLAY_MISSING",
    "This application's browser runs without a display, so nobody can look at it. See VALET_DISPLAY.",
  );
}
