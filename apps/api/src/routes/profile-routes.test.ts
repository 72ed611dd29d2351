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
