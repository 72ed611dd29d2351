import { randomUUID } from "node:crypto";
import { type ApiKey, NewApiKey, type Scope } from "@valet/contracts";
import type { NewUser } from "@valet/db";
import { until } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";

let api: ApiFixture;
let person: NewUser;

beforeAll(async () => {
  api = await openApiFixture();
  person = await api.addPerson();
});
afterAll(() => api.close());

function as(
  apiKey: string,
  request: { method?: "GET" | "POST" | "DELETE"; url: string; payload?: object },
) {
  return api.app.inject({ ...request, headers: keyOf({ ...person, apiKey }) });
}

async function make(scopes: readonly Scope[], by = person.apiKey): Promise<NewApiKey> {
  const answer = await as(by, {
    method: "POST",
    url: "/api-keys",
    payload: { name: "laptop", scopes },
  });
  expect([answer.statusCode, answer.headers["cache-control"]]).toEqual([201, "no-store"]);
  return NewApiKey.parse(answer.json());
}

async function list(): Promise<ApiKey[]> {
  return (await as(person.apiKey, { url: "/api-keys" })).json().apiKeys;
}

test("a key is shown once; afterwards there is only its hint", async () => {
  const made = await make(["read", "read"]);
  expect(made.scopes).toEqual(["read"]);
  expect((await as(made.apiKey, { url: "/tasks" })).statusCode).toBe(200);
  const listed = await as(person.apiKey, { url: "/api-keys" });
  expect(listed.body).not.toContain(made.apiKey.slice(12, 30));
  const { apiKey, ...shown } = made;
  expect(listed.json().apiKeys).toContainEqual({ ...shown, lastUsedAt: expect.any(String) });
  expect(apiKey.slice(6, 12)).toBe(made.hint);
  expect(api.logged()).not.toContain(apiKey.slice(12, 30));
});

test("a key cannot hand out what it may not do, and neither by rotating a stronger one", async () => {
  const strong = await make(["read", "apply"]);
  const weak = await make(["account"]);
  for (const scope of ["read", "admin"]) {
    const refused = await as(weak.apiKey, {
      method: "POST",
      url: "/api-keys",
      payload: { name: "n", scopes: ["account", scope] },
    });
    expect(refused.json()).toMatchObject({ code: "FORBIDDEN", details: { scopes: [scope] } });
  }
  const rotated = await as(weak.apiKey, { method: "POST", url: `/api-keys/${strong.id}/rotate` });
  expect(rotated.json()).toMatchObject({
    code: "FORBIDDEN",
    details: { scopes: ["read", "apply"] },
  });
  expect((await as(strong.apiKey, { url: "/tasks" })).statusCode).toBe(200);
});

test("a rotated key goes on for the overlap, and its place is taken by one that may do the same", async () => {
  const old = await make(["read"]);
  const rotated = await as(person.apiKey, { method: "POST", url: `/api-keys/${old.id}/rotate` });
  const next = NewApiKey.parse(rotated.json());
  expect(next).toMatchObject({ name: "laptop", scopes: ["read"], expiresAt: null });
  for (const { apiKey } of [old, next]) {
    expect((await as(apiKey, { url: "/tasks" })).statusCode).toBe(200);
  }
  const { expiresAt } = (await list()).find(({ id }) => id === old.id) ?? {};
  const hours = (Date.parse(expiresAt ?? "") - Date.now()) / 3_600_000;
  expect(Math.round(hours)).toBe(24);
  const tooLong = await as(person.apiKey, {
    method: "POST",
    url: `/api-keys/${old.id}/rotate`,
    payload: { overlapSeconds: 8 * 24 * 3600 },
  });
  expect(tooLong.json().code).toBe("VALIDATION");
});

test("a revoked key opens nothing from then on, and cannot be rotated back", async () => {
  const made = await make(["read"]);
  const revoked = await as(person.apiKey, { method: "DELETE", url: `/api-keys/${made.id}` });
  expect([revoked.statusCode, revoked.json().revokedAt]).toEqual([200, expect.any(String)]);
  expect((await as(made.apiKey, { url: "/tasks" })).statusCode).toBe(401);
  const again = await as(person.apiKey, { method: "DELETE", url: `/api-keys/${made.id}` });
  expect(again.body).toBe(revoked.body);
  const rotated = await as(person.apiKey, { method: "POST", url: `/api-keys/${made.id}/rotate` });
  expect([rotated.statusCode, rotated.json().code]).toEqual([409, "ILLEGAL_TRANSITION"]);
});

test("when a key was used last is written without the request having to wait for it", async () => {
  const { id, apiKey } = await make(["read"]);
  expect((await as(apiKey, { url: "/tasks" })).statusCode).toBe(200);
  await until("the use is on record", async () =>
    (await list()).some((key) => key.id === id && key.lastUsedAt !== null),
  );
});

test("a key that lacks the scope is told which, before its body is read", async () => {
  const { apiKey } = await make(["read"]);
  const refused = await api.app.inject({
    method: "PUT",
    url: "/profile",
    headers: { ...keyOf({ ...person, apiKey }), "content-type": "application/json" },
    payload: "{",
  });
  expect([refused.statusCode, refused.json()]).toMatchObject([
    403,
    { code: "FORBIDDEN", message: expect.stringContaining("`apply`"), details: { scope: "apply" } },
  ]);
});

test("the scope admin is worth nothing to who is no admin any more", async () => {
  const admin = await api.addPerson("admin");
  const { apiKey } = await make(["admin"], admin.apiKey);
  expect((await as(apiKey, { url: "/admin/sessions" })).statusCode).toBe(200);
  await api.db.updateTable("users").set({ role: "user" }).where("id", "=", admin.id).execute();
  expect((await as(apiKey, { url: "/admin/sessions" })).json()).toMatchObject({
    code: "FORBIDDEN",
    details: { scope: "admin" },
  });
});

test("a key that was mistyped costs no look into the database, and says no more than one that never was", async () => {
  const mistyped = `${person.apiKey.slice(0, -1)}${person.apiKey.endsWith("0") ? "1" : "0"}`;
  const unknown = `valet_${Buffer.from(randomUUID()).toString("base64url").slice(0, 43)}`;
  const answers = await Promise.all(
    [mistyped, unknown].map((apiKey) => as(apiKey, { url: "/tasks" })),
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
  expect(answers[0]?.body).toBe(answers[1]?.body);
});
