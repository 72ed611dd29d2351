import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isApiKeyText, newApiKeyText } from "./api-key-text.ts";
import {
  addApiKey,
  findKeyHolder,
  listApiKeys,
  markApiKeyUsed,
  revokeApiKey,
  rotateApiKey,
} from "./api-keys.ts";
import { hashOf } from "./secret-text.ts";
import { type TestStore, openTestStore } from "./task.fixture.ts";
import { scopesOf } from "./user-row.ts";
import { addUser } from "./users.ts";

let store: TestStore;
let userId = "";

beforeAll(async () => {
  store = await openTestStore();
  ({ userId } = await store.newUser());
});
afterAll(() => store?.close());

test("a key says by itself whether it was copied right", () => {
  const key = newApiKeyText();
  expect(key).toMatch(/^valet_[\w-]{43}_[0-9A-Za-z]{6}$/);
  expect(isApiKeyText(key)).toBe(true);
  for (let place = 6; place < key.length; place += 1) {
    const other = key[place] === "x" ? "y" : "x";
    expect(isApiKeyText(`${key.slice(0, place)}${other}${key.slice(place + 1)}`)).toBe(false);
  }
  for (const text of ["", "valet_", key.slice(1), `${key}0`, key.slice(0, -1)]) {
    expect(isApiKeyText(text)).toBe(false);
  }
});

test("what is stored opens nothing", async () => {
  const { apiKey } = await addApiKey(store.db, { userId, name: "n", scopes: ["read"] });
  const stored = await sql<{ row: string }>`select api_keys::text as row from api_keys`.execute(
    store.db,
  );
  const dump = stored.rows.map(({ row }) => row).join("\n");
  expect(dump).toContain(hashOf(apiKey));
  expect(dump).not.toContain(apiKey.slice(6, 20));
});

test("a key from before there were checksums goes on, with all that its person may do", async () => {
  const early = newApiKeyText().slice(0, 49);
  await sql`insert into api_keys (user_id, key_hash, name, scopes)
    values (${userId}, ${hashOf(early)}, 'first key', ${scopesOf("admin")})`.execute(store.db);
  const holder = await findKeyHolder(store.db, early);
  expect(holder?.user.id).toBe(userId);
  expect(holder?.scopes).toEqual(scopesOf("user"));
});

test("a key ends when it expires, is revoked, or its overlap is over", async () => {
  const add = () => addApiKey(store.db, { userId, name: "n", scopes: ["read"], lifetimeDays: 1 });
  const expired = await add();
  await sql`update api_keys set expires_at = now() where id = ${expired.row.id}`.execute(store.db);
  const revoked = await add();
  await revokeApiKey(store.db, { id: revoked.row.id, userId });
  const rotated = await add();
  const next = await rotateApiKey(store.db, {
    id: rotated.row.id,
    userId,
    overlapSeconds: 0,
    mayGive: new Set(["read"]),
  });
  for (const { apiKey } of [expired, revoked, rotated]) {
    expect(await findKeyHolder(store.db, apiKey)).toBeUndefined();
  }
  expect(await findKeyHolder(store.db, next.apiKey)).toMatchObject({ scopes: ["read"] });
  expect(next.row).toMatchObject({ name: "n", scopes: ["read"], lifetimeDays: 1 });
  expect(next.row.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
});

test("the overlap of a rotation never makes the old key live longer", async () => {
  const { row } = await addApiKey(store.db, { userId, name: "n", scopes: ["read"] });
  await sql`update api_keys set expires_at = now() + interval '1 minute' where id = ${row.id}`.execute(
    store.db,
  );
  await rotateApiKey(store.db, {
    id: row.id,
    userId,
    overlapSeconds: 86_400,
    mayGive: new Set(["read"]),
  });
  const old = (await listApiKeys(store.db, userId)).find(({ id }) => id === row.id);
  expect(old?.expiresAt?.getTime()).toBeLessThan(Date.now() + 61_000);
});

test("nobody ends or rotates another person's key", async () => {
  const { userId: other } = await store.newUser();
  const { row, apiKey } = await addApiKey(store.db, { userId, name: "n", scopes: ["read"] });
  const mayGive = new Set(scopesOf("admin"));
  for (const id of [row.id, randomUUID(), "nonsense"]) {
    const named = { id, userId: other };
    await expect(revokeApiKey(store.db, named)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      rotateApiKey(store.db, { ...named, overlapSeconds: 0, mayGive }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
  expect(await findKeyHolder(store.db, apiKey)).toBeDefined();
});

test("of many rotations at once each gives a key, and the old one ends once", async () => {
  const { row } = await addApiKey(store.db, { userId, name: "n", scopes: ["read"] });
  const input = { id: row.id, userId, overlapSeconds: 60, mayGive: new Set(["read"] as const) };
  const made = await Promise.all(Array.from({ length: 4 }, () => rotateApiKey(store.db, input)));
  expect(new Set(made.map(({ apiKey }) => apiKey)).size).toBe(4);
});

test("that a key was used is written once a minute at most", async () => {
  const { apiKey } = await addUser(store.db, { name: `u-${randomUUID()}`, role: "admin" });
  const first = await findKeyHolder(store.db, apiKey);
  expect(first).toMatchObject({ isLongUnmarked: true, scopes: scopesOf("admin") });
  await markApiKeyUsed(store.db, first?.apiKeyId ?? "");
  const second = await findKeyHolder(store.db, apiKey);
  expect(second?.isLongUnmarked).toBe(false);
  const [before] = await listApiKeys(store.db, first?.user.id ?? "");
  await markApiKeyUsed(store.db, first?.apiKeyId ?? "");
  const [after] = await listApiKeys(store.db, first?.user.id ?? "");
  expect(after?.lastUsedAt).toEqual(before?.lastUsedAt);
});
