import { type NewUser, addEvidence } from "@valet/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";

let api: ApiFixture;
let person: NewUser;

beforeAll(async () => {
  api = await openApiFixture();
  person = await api.addPerson();
});
afterAll(() => api.close());

const { signal } = new AbortController();

async function keep(taskId: string, kind: string, contentType: string, text: string) {
  const key = `evidence/${taskId}/${kind}`;
  const { sha256 } = await api.store.put({ key, body: Buffer.from(text), contentType }, signal);
  await addEvidence(api.db, { taskId, kind, storageKey: key, contentType, sha256 });
}

test("a receipt comes as JSON, or as a page that can run nothing", async () => {
  const { id } = await api.addTask(person.id);
  const url = `/tasks/${id}/receipt`;
  const none = await api.app.inject({ url, headers: keyOf(person) });
  expect([none.statusCode, none.json().code]).toEqual([404, "NOT_FOUND"]);

  await keep(id, "receipt", "application/json", '{"outcome":"confirmed"}');
  await keep(id, "receipt_html", "text/html", "<h1>Receipt</h1>");
  for (const accept of ["*/*", "application/json", "application/json, text/html;q=0.5"]) {
    const json = await api.app.inject({ url, headers: { ...keyOf(person), accept } });
    expect(json.headers["content-type"]).toContain("application/json");
    expect(json.json()).toEqual({ outcome: "confirmed" });
  }
  const page = await api.app.inject({
    url,
    headers: { ...keyOf(person), accept: "text/html,application/xhtml+xml,*/*;q=0.8" },
  });
  expect(page.headers["content-type"]).toContain("text/html");
  expect(page.body).toBe("<h1>Receipt</h1>");
  expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
  const detail = await api.app.inject({ url: `/tasks/${id}`, headers: keyOf(person) });
  expect(detail.json().evidence).toMatchObject([{ kind: "receipt" }, { kind: "receipt_html" }]);
});

test("a receipt whose object is gone is not found", async () => {
  const { id } = await api.addTask(person.id);
  await keep(id, "receipt", "application/json", "{}");
  await api.store.delete(`evidence/${id}/receipt`, signal);
  const answer = await api.app.inject({ url: `/tasks/${id}/receipt`, headers: keyOf(person) });
  expect([answer.statusCode, answer.json().code]).toEqual([404, "NOT_FOUND"]);
});

test("a picture comes as one, by its name, and nothing else comes that way", async () => {
  const { id } = await api.addTask(person.id);
  await keep(id, "filled-form.jpg", "image/jpeg", "jpg");
  await keep(id, "receipt.html", "text/html", "<h1>Receipt</h1>");
  const get = (name: string) =>
    api.app.inject({ url: `/tasks/${id}/pictures/${name}`, headers: keyOf(person) });
  const picture = await get("filled-form.jpg");
  expect([picture.statusCode, picture.body]).toEqual([200, "jpg"]);
  expect(picture.headers).toMatchObject({
    "content-type": "image/jpeg",
    "cache-control": "private, max-age=300",
    "x-content-type-options": "nosniff",
  });
  for (const name of ["receipt.html", "form.jpg", "g", "..%2Ffilled-form.jpg", ""]) {
    expect((await get(name)).statusCode).toBe(404);
  }
});
