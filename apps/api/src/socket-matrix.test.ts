import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { createSessionHostClient } from "@valet/browser";
import {
  LiveTicket,
  Problem,
  Scope,
  StreamMessage,
  StreamTicket,
  liveEndings,
  streamClosing,
  streamProtocol,
} from "@valet/contracts";
import { type NewUser, addApiKey, addBrowserSession, revokeApiKey } from "@valet/db";
import { Secret } from "@valet/runtime";
import { afterAll, assert, beforeAll, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { type ApiFixture, openApiFixture } from "./api.fixture.ts";
import type { VerifyToken } from "./identity/verify-token.ts";
import { keyThatIs } from "./authorisation-matrix.fixture.ts";

// The authorisation matrix of what is no request: each WebSocket, by whoever comes with whatever.

let api: ApiFixture;
let url: string;
let host: DisplayHost;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  host = await openDisplayHost();
  // What a real token says is tested with it: this one is its subject and its end.
  const verifyToken: VerifyToken = async (token) => {
    const [subject = "", goodUntil] = token.split(".");
    return { subject, goodUntil: new Date(Number(goodUntil)) };
  };
  api = await openApiFixture({ hostAt: host.hostAt, verifyToken });
  url = await api.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await api?.close();
  await host?.close();
});

interface DisplayHost {
  readonly url: string;
  readonly hostAt: (url: string) => ReturnType<typeof createSessionHostClient>;
  /** The address of every display that was opened. */
  readonly opened: string[];
  readonly close: () => Promise<void>;
}

/** A session host that lets everybody in, so that the API alone decides. */
async function openDisplayHost(): Promise<DisplayHost> {
  const server: Server = createServer((_request, reply) => {
    reply.writeHead(200, { "content-type": "application/json" });
    reply.end(JSON.stringify({ fence: 1, allowsClipboard: false }));
  });
  const displays = new WebSocketServer({ server });
  const opened: string[] = [];
  displays.on("connection", (_socket, request) => void opened.push(request.url ?? ""));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  const token = new Secret("0".repeat(32));
  return {
    url: `http://127.0.0.1:${port}`,
    hostAt: (at) => createSessionHostClient({ url: at, token }),
    opened,
    async close() {
      for (const socket of displays.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Headers = Readonly<Record<string, string>>;

interface Row {
  readonly protocol: string;
  /** A ticket from the API, as whoever comes with these headers gets it. */
  readonly ask: (person: NewUser, headers: Headers) => Promise<string>;
  readonly tickets: "streamTickets" | "takeoverTickets";
  /** What a page of an origin that is not listed gets, and whoever says none without a ticket. */
  readonly withoutOrigin: string;
  /** Whether a program's key opens it, without a ticket. */
  readonly takesKeys: boolean;
  readonly endedWith: number;
}

const rows: Readonly<Record<string, Row>> = {
  "/live": {
    protocol: "binary",
    async ask(person, headers) {
      const { taskId } = await addTaskWithBrowser(person);
      const body = { mode: "control" };
      return LiveTicket.parse(await post(`/tasks/${taskId}/takeover`, headers, body)).ticket;
    },
    tickets: "takeoverTickets",
    withoutOrigin: "403 FORBIDDEN",
    takesKeys: false,
    endedWith: liveEndings.not_allowed,
  },
  "/ws": {
    protocol: streamProtocol,
    ask: async (_person, headers) =>
      StreamTicket.parse(await post("/stream-tickets", headers)).ticket,
    tickets: "streamTickets",
    withoutOrigin: "401 UNAUTHORIZED",
    takesKeys: true,
    endedWith: streamClosing.notAllowed,
  },
};

async function addTaskWithBrowser(person: NewUser) {
  const { id: taskId } = await api.addTask(person.id);
  const sessionId = randomUUID();
  const session = { id: sessionId, taskId, userId: person.id, hostId: "h", hostUrl: host.url };
  await addBrowserSession(api.db, session);
  return { taskId, sessionId };
}

async function post(path: string, headers: Headers, payload?: object): Promise<unknown> {
  const answer = await api.app.inject({
    method: "POST",
    url: path,
    headers: { ...headers, origin: origin() },
    ...(payload === undefined ? {} : { payload }),
  });
  expect(answer.statusCode).toBeLessThan(300);
  return answer.body === "" ? undefined : answer.json();
}

interface Caller {
  readonly apiKey?: string;
  readonly ticket?: string;
  readonly origin?: string;
}

/** An open WebSocket, or the status and code of the refusal. */
async function come(path: string, caller: Caller): Promise<WebSocket | string> {
  const { apiKey, ticket, origin: from } = caller;
  const offered = [
    rows[path]?.protocol ?? "",
    ...(ticket === undefined ? [] : [`ticket.${ticket}`]),
  ];
  const headers = {
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    ...(from === undefined ? {} : { origin: from }),
  };
  const socket = new WebSocket(`${url.replace("http", "ws")}${path}`, offered, { headers });
  sockets.push(socket);
  socket.on("error", () => undefined);
  return Promise.race([
    once(socket, "open").then(() => socket),
    once(socket, "unexpected-response").then(async ([, response]) => {
      const body: unknown = JSON.parse(Buffer.concat(await response.toArray()).toString());
      return `${response.statusCode} ${Problem.parse(body).code}`;
    }),
  ]);
}

/** Opens, or how it is refused. */
async function outcome(path: string, caller: Caller): Promise<string> {
  const came = await come(path, caller);
  return typeof came === "string" ? came : "opens";
}

const bearer = (apiKey: string) => ({ authorization: `Bearer ${apiKey}` });
const origin = () => api.deps.live.publicOrigin();
const everyScope = [...Scope.options];
const unauthorized = "401 UNAUTHORIZED";

test("every WebSocket is in this matrix", () => {
  expect(api.sockets.toSorted()).toEqual(Object.keys(rows).toSorted());
});

const each = Object.entries(rows);

test.each(each)("%s opens once for its owner's ticket, and for no other one", async (path, row) => {
  const owner = await api.addPerson();
  const page = { origin: origin() };
  const ticket = await row.ask(owner, bearer(owner.apiKey));
  const elsewhere = [...api.deps.live.allowedOrigins][0] ?? "";
  expect(await outcome(path, { ...page, ticket: "a".repeat(43) })).toBe(unauthorized);
  expect(await outcome(path, { ticket })).toBe(row.withoutOrigin);
  expect(await outcome(path, { ticket, origin: elsewhere })).toBe(unauthorized);
  expect(await outcome(path, { ticket, origin: "https://evil.test" })).toBe("403 FORBIDDEN");
  expect(await outcome(path, { ...page, ticket })).toBe("opens");
  expect(await outcome(path, { ...page, ticket })).toBe(unauthorized);
  for (const [otherPath, other] of each) {
    if (otherPath === path) continue;
    const ofOther = await other.ask(owner, bearer(owner.apiKey));
    expect(await outcome(path, { ...page, ticket: ofOther })).toBe(unauthorized);
  }
});

test.each(each)("%s opens for no ticket that is too old", async (path, row) => {
  const owner = await api.addPerson();
  const ticket = await row.ask(owner, bearer(owner.apiKey));
  await api.db
    .updateTable(row.tickets)
    .set({ expiresAt: new Date(Date.now() - 1_000) })
    .where("userId", "=", owner.id)
    .execute();
  expect(await outcome(path, { origin: origin(), ticket })).toBe(unauthorized);
});

/** Ways to be let in, and how each of them ends. */
const credentials: Readonly<
  Record<string, (person: NewUser) => Promise<{ headers: Headers; end: () => Promise<unknown> }>>
> = {
  async key({ id: userId }) {
    const { row, apiKey } = await addApiKey(api.db, { userId, name: "n", scopes: everyScope });
    const headers = { authorization: `Bearer ${apiKey}` };
    return { headers, end: () => revokeApiKey(api.db, { id: row.id, userId }) };
  },
  async login(person) {
    const payload = { apiKey: person.apiKey };
    const answer = await api.app.inject({ method: "POST", url: "/login", payload });
    const headers = { cookie: `valet_session=${answer.cookies[0]?.value}` };
    return { headers, end: () => post("/logout", headers) };
  },
  async token(person) {
    await api.db
      .updateTable("users")
      .set({ subject: person.id })
      .where("id", "=", person.id)
      .execute();
    const goodUntil = Date.now() + 3_000;
    const headers = { authorization: `Bearer ${person.id}.${goodUntil}.` };
    return { headers, end: () => delay(goodUntil - Date.now() + 1) };
  },
};

const endings = each.flatMap(([path, row]) =>
  Object.entries(credentials).map(([name, begin]) => ({ path, row, name, begin })),
);

test.concurrent.each(endings)(
  "$path ends with the $name that it was opened with, and opens no more",
  async ({ path, row, begin }) => {
    const person = await api.addPerson();
    const { headers, end } = await begin(person);
    const [first, second] = [await row.ask(person, headers), await row.ask(person, headers)];
    const page = { origin: origin() };
    const socket = await come(path, { ...page, ticket: first });
    assert(socket instanceof WebSocket);
    const closed = once(socket, "close");
    await end();
    expect(await outcome(path, { ...page, ticket: second })).toBe(unauthorized);
    expect((await closed)[0]).toBe(row.endedWith);
  },
);

test.each(each)("%s takes a key of its own only where programs may come", async (path, row) => {
  const owner = await api.addPerson();
  const admin = await api.addPerson("admin");
  const good = row.takesKeys ? "opens" : row.withoutOrigin;
  const refused = row.takesKeys ? unauthorized : row.withoutOrigin;
  const ofKey = async (state: "good" | "expired" | "revoked", scopes: Scope[]) =>
    outcome(path, { apiKey: await keyThatIs(api, owner, state, scopes) });
  expect(await outcome(path, {})).toBe(row.withoutOrigin);
  expect(await outcome(path, { apiKey: "nonsense" })).toBe(refused);
  expect(await ofKey("expired", everyScope)).toBe(refused);
  expect(await ofKey("revoked", everyScope)).toBe(refused);
  const others = everyScope.filter((scope) => scope !== "read");
  expect(await ofKey("good", others)).toBe(row.takesKeys ? "403 FORBIDDEN" : row.withoutOrigin);
  expect(await ofKey("good", ["read"])).toBe(good);
  expect(await outcome(path, { apiKey: owner.apiKey })).toBe(good);
  expect(await outcome(path, { apiKey: admin.apiKey })).toBe(good);
});

test("/live opens the display that the ticket was made for, in the name of whose it is", async () => {
  const [owner, other] = [await api.addPerson(), await api.addPerson()];
  for (const person of [owner, other]) {
    const ticket = await rows["/live"]?.ask(person, bearer(person.apiKey));
    await outcome("/live", { origin: origin(), ticket: ticket ?? "" });
    const { id, taskId } = await api.db
      .selectFrom("browserSessions")
      .select(["id", "taskId"])
      .where("userId", "=", person.id)
      .executeTakeFirstOrThrow();
    const shown = new URL(host.opened.at(-1) ?? "", host.url);
    expect(shown.pathname).toBe(`/sessions/${id}/display`);
    expect(shown.searchParams.get("taskId")).toBe(taskId);
    expect(shown.searchParams.get("userId")).toBe(person.id);
  }
});

test("/ws says of another person's application what it says of none, to admins too", async () => {
  const foreign = await api.addTask((await api.addPerson()).id);
  for (const role of ["user", "admin"] as const) {
    const { apiKey, id } = await api.addPerson(role);
    const own = await api.addTask(id);
    const socket = await come("/ws", { apiKey });
    assert(socket instanceof WebSocket);
    const said: StreamMessage[] = [];
    socket.on("message", (data: Buffer) => {
      said.push(StreamMessage.parse(JSON.parse(data.toString())));
    });
    for (const task of [foreign.id, randomUUID(), own.id]) {
      socket.send(JSON.stringify({ type: "subscribe", task, after: 0 }));
    }
    await vi.waitFor(() => expect(said.filter(({ type }) => type !== "event")).toHaveLength(3));
    const problems = said.flatMap((one) => (one.type === "problem" ? [one] : []));
    expect(problems.map(({ code, message }) => ({ code, message }))).toEqual(
      Array.from({ length: 2 }, () => ({
        code: "NOT_FOUND",
        message: "There is no such application among yours.",
      })),
    );
    const about = said.flatMap((one) => (one.type === "event" ? [one.task] : []));
    expect(new Set(about)).not.toContain(foreign.id);
    expect(said).toContainEqual({ type: "subscribed", task: own.id });
  }
});
