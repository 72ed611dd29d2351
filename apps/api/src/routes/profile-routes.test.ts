import { createValetClient } from "@valet/client";
import type { NewUser } from "@valet/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";

let api: ApiFixture;
let person: NewUser;

beforeAll(async () => {
  api = await openApiFixture();
  person = await api.addPerson();
});
afterAll(() => api.close());

async function put(payload: object, as = person) {
  return api.app.inject({ method: "PUT", url: "/profile", headers: keyOf(as), payload });
}

async function get(as = person) {
  return (await api.app.inject({ url: "/profile", headers: keyOf(as) })).json();
}

test("a profile is empty at first, replaced as a whole, and each person's own", async () => {
  expect(await get()).toEqual({});
  const full = {
    basics: { name: "Ada Example", email: "ada@example.com", label: "Engineer" },
    work: [{ name: "Example Ltd", startDate: "2020-01" }],
    application: { over18: true, salary: { currency: "EUR" } },
  };
  const answer = await put(full);
  expect([answer.statusCode, answer.json()]).toEqual([200, full]);
  await put({ basics: { name: "Ada Example" } });
  expect(await get()).toEqual({ basics: { name: "Ada Example" } });
  expect(await get(await api.addPerson())).toEqual({});
});

test("a profile that is not valid changes nothing and the answer does not quote it", async () => {
  await put({ basics: { name: "Ada Example" } });
  for (const wrong of [
    { basics: { email: "ada at example" } },
    { application: { birthdate: "tomorrow-ish" } },
    { application: { yearsOfExperience: "many-years" } },
    { basics: { name: "Ada\u0000Example" } },
    { basics: { name: "\ud800" } },
    [],
  ]) {
    const answer = await put(wrong);
    expect([answer.statusCode, answer.json().code]).toEqual([422, "VALIDATION"]);
    expect(answer.body).not.toMatch(/ada at example|tomorrow-ish|many-years/);
  }
  expect(await get()).toEqual({ basics: { name: "Ada Example" } });
});

test.each([
  [{ application: { salary: { expected: "much" } } }, "application/salary/expected"],
  [{ application: { completeLists: ["hobbies"] } }, "application/completeLists/0"],
  [{ work: [{}, { name: 7 }] }, "work/1/name"],
])("a wrong type is named by its path: %j", async (wrong, path) => {
  const answer = await put(wrong);
  expect([answer.statusCode, answer.body]).toEqual([422, expect.stringContaining(path)]);
});

test("an admin adds users whose key works; anyone else may not, whatever the body", async () => {
  const admin = await api.addPerson("admin");
  const add = (as: NewUser, payload: object) =>
    api.app.inject({ method: "POST", url: "/admin/users", headers: keyOf(as), payload });
  const added = await add(admin, { name: "grace" });
  expect(added.statusCode).toBe(201);
  expect(added.json()).toMatchObject({ name: "grace", role: "user" });
  expect(await get(added.json())).toEqual({});
  const taken = await add(admin, { name: "grace" });
  expect([taken.statusCode, taken.json().code]).toEqual([409, "USER_NAME_TAKEN"]);
  expect((await add(admin, { name: "Not A Name" })).statusCode).toBe(422);
  for (const payload of [{ name: "henry" }, { nonsense: true }]) {
    const refused = await add(person, payload);
    expect([refused.statusCode, refused.json().code]).toEqual([403, "FORBIDDEN"]);
  }
});

test("of two that change what both have read the second is told, and nothing of the first is lost", async () => {
  const ada = await api.addPerson();
  const read = await api.app.inject({ url: "/profile", headers: keyOf(ada) });
  const ifMatch = String(read.headers["etag"]);
  const change = (payload: object, tag: string) =>
    api.app.inject({
      method: "PUT",
      url: "/profile",
      headers: { ...keyOf(ada), "if-match": tag },
      payload,
    });
  const first = await change({ basics: { name: "Ada Example" } }, ifMatch);
  expect(first.statusCode).toBe(200);
  const second = await change({ basics: { email: "ada@example.com" } }, ifMatch);
  expect([second.statusCode, second.json().code]).toEqual([412, "STALE_PROFILE"]);
  expect(await get(ada)).toEqual({ basics: { name: "Ada Example" } });
  const both = { basics: { name: "Ada Example", email: "ada@example.com" } };
  expect((await change(both, String(first.headers["etag"]))).statusCode).toBe(200);
  expect((await change(both, "*")).statusCode).toBe(200);
  expect((await change({}, "W/nonsense")).statusCode).toBe(412);
  // Who names none replaces what there is: so it was before.
  expect((await put({ basics: { name: "Ada" } }, ada)).statusCode).toBe(200);
});

test("changes at once through the client are all kept", async () => {
  const ada = await api.addPerson();
  const url = await api.app.listen({ host: "127.0.0.1", port: 0 });
  const client = createValetClient({ url, apiKey: ada.apiKey });
  const names = Array.from({ length: 5 }, (_, n) => `Employer ${n}`);
  await Promise.all(
    names.map((name) =>
      client.changeProfile((profile) => ({
        ...profile,
        work: [...(profile.work ?? []), { name }],
      })),
    ),
  );
  const { work = [] } = await client.getProfile();
  expect(new Set(work.map(({ name }) => name))).toEqual(new Set(names));
});
