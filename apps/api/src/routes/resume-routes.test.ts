import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Resume, maxResumeBytes } from "@valet/contracts";
import { type NewUser, keepParse, settleParse } from "@valet/db";
import { resumePdf } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";
import { zipOf } from "../zip.fixture.ts";

let api: ApiFixture;
let person: NewUser;

beforeAll(async () => {
  api = await openApiFixture();
  person = await api.addPerson();
});
afterAll(() => api.close());

const pdf = resumePdf();
const docx = zipOf({ "[Content_Types].xml": "<x/>", "word/document.xml": "<w/>" });

async function upload(body: Buffer, fileName = "resume.pdf", as = person) {
  const form = new FormData();
  form.set("note", "a field before the file");
  form.set("file", new Blob([new Uint8Array(body)]), fileName);
  return api.app.inject({ method: "POST", url: "/resumes", headers: keyOf(as), payload: form });
}

async function stored(as = person): Promise<unknown[]> {
  return (await api.app.inject({ url: "/resumes", headers: keyOf(as) })).json().resumes;
}

test("a PDF and a DOCX are told by their bytes, stored, and given back by id", async () => {
  for (const [body, fileName, contentType, shown] of [
    [pdf, "../../etc/Ada\u0007 CV.PDF", "application/pdf", "Ada CV.pdf"],
    [docx, "cv.pdf", expect.stringContaining("wordprocessingml"), "cv.docx"],
  ] as const) {
    const answer = await upload(body, fileName);
    expect(answer.statusCode).toBe(201);
    const resume = Resume.parse(answer.json());
    expect(resume).toMatchObject({ contentType, fileName: shown, byteSize: body.length });
    expect(resume.sha256).toBe(createHash("sha256").update(body).digest("hex"));
    const object = await api.store.get(
      `resumes/${person.id}/${resume.sha256}`,
      new AbortController().signal,
    );
    expect(object?.body.equals(body)).toBe(true);
    const one = await api.app.inject({ url: `/resumes/${resume.id}`, headers: keyOf(person) });
    expect(one.json()).toEqual({ ...answer.json(), parsed: null, lines: [], changes: [] });
  }
});

test("what is no PDF and no DOCX is refused whatever its name says, and nothing is stored", async () => {
  const before = await stored();
  for (const body of [
    Buffer.from("MZ an executable"),
    Buffer.from("<html>A page</html>"),
    zipOf({ "xl/workbook.xml": "<x/>" }),
    zipOf({ "evil.txt": "word/document.xml" }),
  ]) {
    const answer = await upload(body, "cv.docx");
    expect([answer.statusCode, answer.json().code]).toEqual([415, "RESUME_UNSUPPORTED"]);
  }
  expect(await stored()).toEqual(before);
});

test("what is damaged, or could act on who opens it, is refused with its reason, and nothing is stored", async () => {
  const before = await stored();
  const macros = { "[Content_Types].xml": "<x/>", "word/document.xml": "<w/>" };
  const reasons = [];
  for (const body of [
    docx.subarray(0, docx.length - 30),
    pdf.subarray(0, pdf.length / 2),
    Buffer.concat([Buffer.from("<script>0</script>"), pdf]),
    Buffer.concat([Buffer.from("GIF89a"), docx]),
    zipOf({ ...macros, "word/vbaProject.bin": "x" }),
    zipOf({ ...macros, "../../etc/passwd": "x" }),
  ]) {
    const answer = await upload(body);
    expect([answer.statusCode, answer.json().code]).toEqual([422, "RESUME_UNREADABLE"]);
    reasons.push(answer.json().details.reason);
  }
  expect(reasons).toEqual(["damaged", "damaged", "unsafe", "unsafe", "unsafe", "unsafe"]);
  expect(await stored()).toEqual(before);
});

test("the same file twice is one object and two résumés; another person's is an object of its own", async () => {
  const other = await api.addPerson();
  const [one, two, theirs] = await Promise.all([
    upload(pdf, "one.pdf"),
    upload(pdf, "two.pdf"),
    upload(pdf, "one.pdf", other),
  ]);
  const rows = await api.db
    .selectFrom("resumes")
    .select(["id", "fileName", "storageKey"])
    .where(
      "id",
      "in",
      [one, two, theirs].map((answer) => answer.json().id),
    )
    .execute();

  expect(new Set(rows.map(({ id }) => id)).size).toBe(3);
  expect(new Set(rows.map(({ storageKey }) => storageKey)).size).toBe(2);
});

/** A PDF of 10 MB: spaces within, so that it ends as it should. */
function largest(): Buffer {
  const room = Buffer.alloc(maxResumeBytes - pdf.length, 32);
  const at = pdf.indexOf("trailer");
  return Buffer.concat([pdf.subarray(0, at), room, pdf.subarray(at)]);
}

test("a file over 10 MB is refused, one of just 10 MB is taken", async () => {
  const before = await stored();
  const most = largest();
  const large = await upload(Buffer.concat([most, Buffer.from("x")]));
  expect([large.statusCode, large.json().code]).toEqual([413, "RESUME_TOO_LARGE"]);
  expect(await stored()).toEqual(before);
  expect((await upload(most)).statusCode).toBe(201);
});

test("a file over 10 MB is refused also where what is too much comes in a piece of its own", async () => {
  const before = await stored();
  const head = `--b\r\ncontent-disposition: form-data; name="file"; filename="cv.pdf"\r\ncontent-type: application/pdf\r\n\r\n`;
  async function* slowly() {
    yield Buffer.concat([Buffer.from(head), largest()]);
    // All that came so far has been read by then.
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    yield Buffer.from("x\r\n--b--\r\n");
  }
  const answer = await api.app.inject({
    method: "POST",
    url: "/resumes",
    headers: { ...keyOf(person), "content-type": "multipart/form-data; boundary=b" },
    payload: Readable.from(slowly()),
  });
  expect([answer.statusCode, answer.json().code]).toEqual([413, "RESUME_TOO_LARGE"]);
  expect(await stored()).toEqual(before);
});

test("an empty file, a form without a file and a body that is no form are refused by name", async () => {
  const empty = await upload(Buffer.alloc(0));
  expect([empty.statusCode, empty.json().code]).toEqual([422, "RESUME_EMPTY"]);
  const form = new FormData();
  form.set("note", "no file");
  const none = await api.app.inject({
    method: "POST",
    url: "/resumes",
    headers: keyOf(person),
    payload: form,
  });
  expect([none.statusCode, none.json().code]).toEqual([422, "RESUME_EMPTY"]);
  const json = await api.app.inject({
    method: "POST",
    url: "/resumes",
    headers: keyOf(person),
    payload: { file: "x" },
  });
  expect([json.statusCode, json.json().code]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
});

const atOrigin = { left: 0, top: 0, right: 0, bottom: 0 };
const readFrom = (text: string) => ({ paragraph: 1, text, confidence: 0.9 });

/** A résumé of a new person of which this name is known. */
async function known(name = "Ada Example") {
  const owner = await api.addPerson();
  const { id } = (await upload(pdf, "cv.pdf", owner)).json();
  const parsed = { resume: { basics: { name } }, sources: { "/basics/name": readFrom(name) } };
  const lines = [{ place: { paragraph: 1 }, box: atOrigin, text: name }];
  await keepParse(api.db, { resumeId: id, epoch: 1 }, { parsed, lines, isRefined: false });
  await settleParse(api.writer, { resumeId: id, epoch: 1 });
  const ask = (method: "GET" | "POST" | "PUT", url: string, payload?: object) =>
    api.app.inject({ method, url, headers: keyOf(owner), ...(payload ? { payload } : {}) });
  return { id, owner, parsed, lines, ask };
}

test("an upload is parsing; then what it says is there with its places, and the profile is as it was", async () => {
  const { id, parsed, lines, ask } = await known();

  expect((await upload(pdf)).json()).toMatchObject({ state: "parsing", failure: null });
  expect((await ask("GET", `/resumes/${id}`)).json()).toMatchObject({
    state: "ready",
    parsed,
    lines,
    changes: [{ pointer: "/basics/name", kind: "add", to: "Ada Example" }],
  });
  expect((await ask("GET", "/profile")).json()).toEqual({});
});

test("what is accepted stands in the profile with its source; what the person writes over loses it", async () => {
  const { id, ask } = await known();
  const accepted = await ask("POST", `/resumes/${id}/accept`, {});

  expect(accepted.json()).toMatchObject({
    changes: [],
    profile: { basics: { name: "Ada Example" } },
  });
  expect((await ask("GET", "/profile/sources")).json()).toMatchObject({
    sources: { "/basics/name": { resumeId: id, readFrom: readFrom("Ada Example") } },
  });
  await ask("PUT", "/profile", { basics: { name: "Ada M. Example" } });
  expect((await ask("GET", "/profile/sources")).json()).toEqual({ sources: {} });
});

test("what the profile says otherwise stays until just that is accepted", async () => {
  const { id, ask } = await known();
  await ask("PUT", "/profile", { basics: { name: "Ada M. Example" } });
  const additions = await ask("POST", `/resumes/${id}/accept`);

  expect(additions.json()).toMatchObject({
    accepted: [],
    profile: { basics: { name: "Ada M. Example" } },
  });
  const [change] = additions.json().changes;
  expect(change).toMatchObject({ kind: "replace", from: "Ada M. Example", to: "Ada Example" });
  const chosen = await ask("POST", `/resumes/${id}/accept`, { changes: [change.id] });
  expect(chosen.json().profile.basics.name).toBe("Ada Example");
  const again = await ask("POST", `/resumes/${id}/accept`, { changes: [change.id] });
  expect([again.statusCode, again.json().code]).toEqual([409, "STALE_CHANGES"]);
});

test("nothing is started with a résumé that could not be read, and the answer says why", async () => {
  const owner = await api.addPerson();
  const { id } = (await upload(pdf, "cv.pdf", owner)).json();
  await settleParse(api.writer, { resumeId: id, epoch: 1 }, "no_text");
  const answer = await api.app.inject({
    method: "POST",
    url: "/tasks",
    headers: keyOf(owner),
    payload: { jobUrl: "https://jobs.test/1", resumeId: id, mode: "copilot" },
  });

  expect(answer.statusCode).toBe(409);
  expect(answer.json()).toMatchObject({
    code: "RESUME_NOT_READY",
    details: { resumeId: id, reason: "no_text" },
    message: expect.stringContaining("scans"),
  });
});

test("one that failed may be parsed again, and its task list says that it waits", async () => {
  const { id, ask, owner } = await known();
  const again = await ask("POST", `/resumes/${id}/reparse`);
  const fresh = (await upload(pdf, "cv.pdf", owner)).json();
  const task = await ask("POST", "/tasks", {
    jobUrl: "https://jobs.test/2",
    resumeId: fresh.id,
    mode: "copilot",
  });

  expect([again.statusCode, again.json().state]).toEqual([202, "ready"]);
  expect(task.json()).toMatchObject({ state: "created", pct: 0 });
});

test("another person's résumé is as unknown as one that does not exist", async () => {
  const mine = (await upload(pdf)).json();
  const other = await api.addPerson();
  expect(await stored(other)).toEqual([]);
  const [foreign, unknown] = await Promise.all(
    [mine.id, crypto.randomUUID()].map((id) =>
      api.app.inject({ url: `/resumes/${id}`, headers: keyOf(other) }),
    ),
  );
  expect(foreign?.statusCode).toBe(404);
  expect(foreign?.json()).toEqual(unknown?.json());
});

test("the name of an uploaded file never reaches the log", async () => {
  await upload(Buffer.from("no document"), "canary-0815.pdf");
  await upload(pdf, "canary-0815.pdf");
  expect(api.logged()).toContain("request refused");
  expect(api.logged()).not.toContain("canary-0815");
});
