import { Me, Problem } from "@valet/contracts";
import { type NewUser, addApiKey, revokeApiKey } from "@valet/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";

let api: ApiFixture;
let person: NewUser;

beforeAll(async () => {
  api = await openApiFixture();
  person = await api.addPerson();
});
afterAll(() => api.close());

const origin = "http://127.0.0.1:8180";

async function login(apiKey = person.apiKey, headers: Record<string, string> = {}) {
  return api.app.inject({ method: "POST", url: "/login", headers, payload: { apiKey } });
}

async function loggedIn(apiKey = person.apiKey): Promise<{ cookie: string }> {
  const answer = await login(apiKey);
  const [cookie] = answer.cookies;
  return { cookie: `valet_session=${cookie?.value}` };
}

async function whoIs(headers: Record<string, string>) {
  return api.app.inject({ url: "/me", headers });
}

test("a login sets a cookie that no script and no other site gets at, and stores only its hash", async () => {
  const answer = await login();
  expect(answer.statusCode).toBe(200);
  expect(Me.parse(answer.json())).toMatchObject({ id: person.id, role: "user", how: "session" });
  const [cookie] = answer.cookies;
  expect(cookie).toMatchObject({
    name: "valet_session",
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    maxAge: 12 * 3600,
  });
  expect(cookie?.secure).toBeUndefined();
  const rows = await api.db.selectFrom("loginSessions").selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(cookie?.value);
  expect(api.logged()).not.toContain(cookie?.value);
});

test("where people come by TLS the cookie goes no other way", async () => {
  const secure = await openApiFixture({ publicOrigin: "https://valet.example.com" });
  const { apiKey } = await secure.addPerson();
  const answer = await secure.app.inject({ method: "POST", url: "/login", payload: { apiKey } });
  expect(answer.cookies[0]?.secure).toBe(true);
  await secure.close();
});

test("the cookie stands for the key, with its scopes and no more", async () => {
  const { apiKey } = await addApiKey(api.db, { userId: person.id, name: "n", scopes: ["read"] });
  const headers = await loggedIn(apiKey);
  expect((await whoIs(headers)).json()).toEqual({
    id: person.id,
    name: person.name,
    role: "user",
    scopes: ["read"],
    how: "session",
  });
  expect((await api.app.inject({ url: "/tasks", headers })).statusCode).toBe(200);
  const refused = await api.app.inject({ url: "/api-keys", headers });
  expect(refused.json()).toMatchObject({ code: "FORBIDDEN", details: { scope: "account" } });
});

test("a login ends with its key, after its time, and when the person says so", async () => {
  const made = await addApiKey(api.db, { userId: person.id, name: "n", scopes: ["read"] });
  const withKey = await loggedIn(made.apiKey);
  expect((await whoIs(withKey)).statusCode).toBe(200);
  await revokeApiKey(api.db, { id: made.row.id, userId: person.id });
  expect((await whoIs(withKey)).statusCode).toBe(401);

  const old = await loggedIn();
  await api.db.updateTable("loginSessions").set({ expiresAt: new Date() }).execute();
  expect((await whoIs(old)).statusCode).toBe(401);

  const [left, kept] = [await loggedIn(), await loggedIn()];
  const out = await api.app.inject({
    method: "POST",
    url: "/logout",
    headers: { ...left, origin },
  });
  expect([out.statusCode, out.cookies[0]?.value]).toEqual([204, ""]);
  expect((await whoIs(left)).statusCode).toBe(401);
  expect((await whoIs(kept)).statusCode).toBe(200);
});

test("a key that is no good logs nobody in, in the words of every other refusal", async () => {
  const { body } = await whoIs(keyOf({ ...person, apiKey: "valet_nobody" }));
  for (const apiKey of ["valet_nobody", "nonsense", person.apiKey.slice(0, -1)]) {
    const answer = await login(apiKey);
    expect([answer.statusCode, answer.cookies, answer.body]).toEqual([401, [], body]);
  }
});

test("what changes something counts with a cookie only from a page of ours", async () => {
  const headers = await loggedIn();
  const put = (more: Record<string, string>) =>
    api.app.inject({
      method: "PUT",
      url: "/profile",
      headers: { ...headers, ...more },
      payload: {},
    });
  for (const foreign of [
    {},
    { origin: "https://evil.test" },
    { origin: "null" },
    { origin: `${origin}.evil.test` },
  ]) {
    const refused = await put(foreign);
    expect([refused.statusCode, Problem.parse(refused.json()).code]).toEqual([403, "FORBIDDEN"]);
  }
  for (const own of [origin, "https://console.example.com"]) {
    expect((await put({ origin: own })).statusCode).toBe(200);
  }
  expect((await api.app.inject({ url: "/profile", headers })).statusCode).toBe(200);
  expect((await login(person.apiKey, { origin: "https://evil.test" })).statusCode).toBe(403);
});

test("where both come the bearer counts, also when it is no good", async () => {
  const other = await api.addPerson();
  const cookie = await loggedIn();
  expect((await whoIs({ ...cookie, ...keyOf(other) })).json().id).toBe(other.id);
  expect((await whoIs({ ...cookie, authorization: "Bearer nonsense" })).statusCode).toBe(401);
  expect((await whoIs({ ...cookie, authorization: "Basic eDp5" })).statusCode).toBe(401);
  const put = { method: "PUT", url: "/profile", payload: {} } as const;
  const sent = await api.app.inject({ ...put, headers: { ...cookie, ...keyOf(other) } });
  expect(sent.statusCode).toBe(200);
});

test("a cookie that is none of ours is nobody's", async () => {
  for (const value of ["x", "", "x".repeat(43), "%00", "x; valet_session=y"]) {
    expect((await whoIs({ cookie: `valet_session=${value}` })).statusCode).toBe(401);
  }
});
