import { resumePdf } from "@valet/testkit";
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

const pdf = resumePdf();
const { signal } = new AbortController();

async function upload(fileName: string): Promise<string> {
  const form = new FormData();
  form.set("file", new Blob([pdf]), fileName);
  const headers = keyOf(person);
  const answer = await api.app.inject({ method: "POST", url: "/resumes", headers, payload: form });
  return answer.json().id;
}

async function linkTo(id: string, as = person) {
  return api.app.inject({ url: `/resumes/${id}/link`, headers: keyOf(as) });
}

test("a link gives the file to whoever has it, as a download that no browser opens as a page", async () => {
  const link = (await linkTo(await upload("../Ada's \u202Ecv\r\nx: y.pdf"))).json();
  const answer = await api.app.inject({ url: new URL(link.url).pathname });

  expect(answer.statusCode).toBe(200);
  expect(answer.rawPayload.equals(pdf)).toBe(true);
  expect(answer.headers).toMatchObject({
    "content-type": "application/pdf",
    "x-content-type-options": "nosniff",
    "content-disposition": expect.stringMatching(/^attachment; filename="[^"\r\n\u202E/]+\.pdf"/),
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "private, no-store",
  });
  expect(answer.headers).not.toHaveProperty("x");
  expect(Date.parse(link.expiresAt)).toBeGreaterThan(Date.now());
});

test("a link that was altered, has expired or leads to what is gone gives nothing", async () => {
  const id = await upload("cv.pdf");
  const key = (
    await api.db
      .selectFrom("resumes")
      .select("storageKey")
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
  ).storageKey;
  const short = await api.store.link({ key, fileName: "cv.pdf", expiresInSeconds: 1 }, signal);
  const { pathname } = new URL((await linkTo(id)).json().url);
  const ask = async (url: string) => (await api.app.inject({ url })).statusCode;

  expect(await ask(pathname)).toBe(200);
  expect(await ask(withOtherLastLetter(pathname))).toBe(404);
  expect(await ask("/files/x")).toBe(404);
  await expect
    .poll(async () => (await api.app.inject({ url: short?.url ?? "" })).body, { timeout: 10_000 })
    .toContain("This link has expired");
  await api.store.delete(key, signal);
  expect(await ask(pathname)).toBe(404);
});

/** A fixed letter would leave a link that happens to end with it as it was. */
function withOtherLastLetter(pathname: string): string {
  return pathname.slice(0, -1) + (pathname.endsWith("A") ? "B" : "A");
}

test("nobody gets a link to another person's file", async () => {
  const id = await upload("cv.pdf");
  const [foreign, unknown] = await Promise.all(
    [id, crypto.randomUUID()].map(async (one) => linkTo(one, await api.addPerson())),
  );

  expect(foreign?.statusCode).toBe(404);
  expect(foreign?.json()).toEqual(unknown?.json());
});
