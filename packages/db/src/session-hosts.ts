import { type Selectable, sql } from "kysely";
import type { Querier } from "./connect.ts";
import { jsonValue } from "./json-value.ts";
import type { SessionHosts } from "./schema.gen.ts";

export interface SessionHostSign {
  /** Of this process: a restarted host has another. */
  readonly id: string;
  readonly url: string;
  readonly report: unknown;
}

/** A session host says that it lives and what it holds. */
export async function recordSessionHost(db: Querier, sign: SessionHostSign): Promise<void> {
  const report = jsonValue(sign.report);
  await db
    .insertInto("sessionHosts")
    .values({ id: sign.id, url: sign.url, report })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet({ url: sign.url, report, seenAt: sql`now()` }),
    )
    .execute();
}

/** Hosts whose id begins like this, dead ones that nobody has given up yet included. */
export async function listSessionHostIds(db: Querier, prefix: string): Promise<string[]> {
  const rows = await db
    .selectFrom("sessionHosts")
    .select("id")
    .where(sql<boolean>`starts_with(id, ${prefix})`)
    .execute();
  return rows.map(({ id }) => id);
}

/** These hosts are gone: so are the browsers of their live sessions. Returns how many there were. */
export async function giveUpSessionHosts(db: Querier, hostIds: readonly string[]): Promise<number> {
  if (hostIds.length === 0) return 0;
  const lost = await db
    .updateTable("browserSessions")
    .set({ state: "lost", owner: null, leaseUntil: null, endedAt: sql`now()` })
    .where("hostId", "in", [...hostIds])
    .where("state", "=", "live")
    .returning("id")
    .execute();
  await db
    .deleteFrom("sessionHosts")
    .where("id", "in", [...hostIds])
    .execute();
  return lost.length;
}

/** Hosts that have not said anything for so long that their machine must be counted as lost. */
export async function findSilentSessionHosts(db: Querier, silentForMs: number): Promise<string[]> {
  const rows = await db
    .selectFrom("sessionHosts")
    .select("id")
    .where(sql<boolean>`seen_at < now() - ${silentForMs} * interval '1 millisecond'`)
    .execute();
  return rows.map(({ id }) => id);
}

export interface SessionHostView {
  readonly id: string;
  readonly url: string;
  /** Since its last sign of life, by the database's clock. */
  readonly silentForMs: number;
  readonly report: Selectable<SessionHosts>["report"];
}

export async function listSessionHosts(db: Querier): Promise<SessionHostView[]> {
  const rows = await db
    .selectFrom("sessionHosts")
    .select(["id", "url", "report"])
    .select(sql<string>`extract(epoch from now() - seen_at) * 1000`.as("silentForMs"))
    .orderBy("startedAt")
    .execute();
  return rows.map((row) => ({ ...row, silentForMs: Number(row.silentForMs) }));
}

/** A host that has said nothing for so long gets nothing new; it has something to say every 2 s. */
export const hostFreshSeconds = 15;

/** How many more browsers each host that lives has room for; one that goes has none. */
export async function listHostRooms(
  db: Querier,
): Promise<{ readonly url: string; readonly room: number }[]> {
  const { rows } = await sql<{ url: string; room: number }>`
    select url, (report ->> 'capacity')::integer - (
      select count(*)::integer from browser_sessions
      where host_id = session_hosts.id and state = 'live'
    ) as room
    from session_hosts
    where seen_at > now() - make_interval(secs => ${hostFreshSeconds}) and report ? 'capacity'
    order by started_at
  `.execute(db);
  return rows;
}

export interface LiveSessionView {
  readonly sessionId: string;
  readonly taskId: string;
  readonly taskState: string;
  readonly hostId: string;
  readonly hostUrl: string;
  readonly fence: number;
  readonly owner: string | null;
  /** Whether somebody drives it now. */
  readonly leased: boolean;
  readonly ageMs: number;
}

/** Live sessions of all hosts, oldest first. */
export async function listLiveSessions(db: Querier): Promise<LiveSessionView[]> {
  const rows = await db
    .selectFrom("browserSessions")
    .innerJoin("tasks", "tasks.id", "browserSessions.taskId")
    .select([
      "browserSessions.id as sessionId",
      "browserSessions.taskId",
      "tasks.state as taskState",
      "browserSessions.hostId",
      "browserSessions.hostUrl",
      "browserSessions.fence",
      "browserSessions.owner",
      sql<boolean>`coalesce(lease_until > now(), false)`.as("leased"),
      sql<string>`extract(epoch from now() - browser_sessions.created_at) * 1000`.as("ageMs"),
    ])
    .where("browserSessions.state", "=", "live")
    .orderBy("browserSessions.createdAt")
    .execute();
  return rows.map((row) => ({ ...row, fence: Number(row.fence), ageMs: Number(row.ageMs) }));
}
