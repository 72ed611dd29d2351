import {
  SessionHostReport,
  type SessionOverview,
  TaskState,
  createUserRoute,
  listSessionsRoute,
} from "@valet/contracts";
import {
  type LiveSessionView,
  type SessionHostView,
  addUser,
  listLiveSessions,
  listSessionHosts,
} from "@valet/db";
import type { App } from "../app-type.ts";
import type { ApiDeps } from "../deps.ts";

export function registerAdminRoutes(
  app: App,
  { database: { db } }: Pick<ApiDeps, "database">,
): void {
  app.route({
    ...createUserRoute,
    handler: async (request, reply) => {
      const { name, role } = request.body;
      return reply.code(201).send(await addUser(db, { name, role }));
    },
  });
  app.route({
    ...listSessionsRoute,
    handler: async () => overviewOf(await listSessionHosts(db), await listLiveSessions(db)),
  });
}

/** Hosts report through Postgres, so none of them has to be asked and a silent one holds nothing up. */
function overviewOf(
  hosts: readonly SessionHostView[],
  live: readonly LiveSessionView[],
): SessionOverview {
  const reports = hosts.map((host) => ({ ...host, ...SessionHostReport.parse(host.report) }));
  const sizes = new Map(
    reports.flatMap(({ sessions }) =>
      sessions.map(({ sessionId, memoryBytes }) => [sessionId, memoryBytes] as const),
    ),
  );
  return {
    hosts: reports.map(({ url, silentForMs, pool, memory }) => ({
      url,
      silentForMs: Math.round(silentForMs),
      pool,
      memory,
    })),
    sessions: live.map((session) => ({
      sessionId: session.sessionId,
      taskId: session.taskId,
      taskState: TaskState.parse(session.taskState),
      hostUrl: session.hostUrl,
      fence: session.fence,
      owner: session.owner,
      leased: session.leased,
      ageMs: Math.round(session.ageMs),
      memoryBytes: sizes.get(session.sessionId) ?? null,
    })),
  };
}
