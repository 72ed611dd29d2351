import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NonRetryableError } from "@hatchet-dev/typescript-sdk";
import { createModel } from "@valet/ai";
import { type ParsedResume, ValetError } from "@valet/contracts";
import {
  type Database,
  type TaskWriter,
  addUser,
  connectDb,
  findParse,
  migrate,
  receiveResume,
} from "@valet/db";
import { type ResumeParser, createResumeParser } from "@valet/resume";
import { Secret, createLogger } from "@valet/runtime";
import { type ObjectStore, openStore } from "@valet/storage";
import {
  type ModelReply,
  type ScriptedModel,
  type TestDatabase,
  openScriptedModel,
  resumePdf,
  testDatabase,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { toHatchetError } from "../engine/to-hatchet-error.ts";
import { extractText } from "./extract-text.ts";
import type { ResumeRun } from "./find-own-try.ts";
import { llmParse } from "./llm-parse.ts";
import { saveResults } from "./save-results.ts";

const { signal } = new AbortController();
let server: TestDatabase;
let database: Database;
let writer: TaskWriter;
let store: ObjectStore;
let root = "";
let parser: ResumeParser;
const lines: string[] = [];
const log = createLogger({
  name: "test",
  level: "trace",
  destination: { write: (line) => void lines.push(line) },
});

beforeAll(async () => {
  server = await testDatabase();
  root = await mkdtemp(join(tmpdir(), "valet-steps-"));
  const directory = fileURLToPath(new URL("../migrations", import.meta.resolve("@valet/db")));
  await migrate({ url: server.url, directory, log, signal });
  database = connectDb({ url: server.url, applicationName: "test", maxConnections: 4, log });
  writer = { db: database.db, ring: () => {} };
  store = await openStore({ kind: "fs", root });
  parser = createResumeParser();
});
afterAll(async () => {
  await parser?.close();
  await store?.close();
  await database?.close();
  await server?.drop();
  await rm(root, { recursive: true, force: true });
});

/** A stored résumé that is to be parsed. */
async function uploaded(body: Buffer): Promise<ResumeRun> {
  const { id: userId } = await addUser(writer.db, { name: `u-${randomUUID()}`, role: "user" });
  const contentType = "application/pdf";
  const under = `resumes/${userId}`;
  const { key, sha256, byteSize } = await store.addOnce({ under, body, contentType }, signal);
  const file = { fileName: "cv.pdf", contentType, byteSize, sha256, storageKey: key };
  const { id: resumeId } = await receiveResume(writer, { id: randomUUID(), userId, ...file });
  return { resumeId, userId, storageKey: key, epoch: 1 };
}

const deps = () => ({ db: writer.db, writer, store, parser, log });

async function foundBy({ resumeId }: ResumeRun): Promise<ParsedResume["resume"] | undefined> {
  return (await findParse(writer.db, { resumeId, epoch: 1 }))?.resume;
}

/** What the model says of this text, and what it was asked. */
async function refinedBy(reply: ModelReply, texts: readonly string[]) {
  const scripted: ScriptedModel = await openScriptedModel(() => reply);
  onTestFinished(() => scripted.close());
  const run = await uploaded(resumePdf({ lines: texts }));
  const extracted = await extractText(deps(), run, signal);
  const model = createModel({
    apiKey: new Secret("sk-test"),
    model: "scripted",
    baseUrl: scripted.url,
    maxRetries: 0,
    timeoutMs: 5_000,
  });
  const refined = await llmParse({ ...deps(), modelFor: () => model }, { run, extracted }, signal);
  return { run, extracted, refined, scripted, resume: await foundBy(run) };
}

/** Of a layout in which no rule finds a skill. */
const odd = [
  "Ada Canaria",
  "ada.canaria@example.com",
  "EXPERIENCE",
  "Analytical Engines Ltd, Senior Engineer",
  "March 2019 to Present",
  "Wrote the service that bills customers and kept the warehouse of events",
  "Esperanto, Sailing, Warehouses",
];
const labels = { basics: {}, work: [], education: [], skills: [], languages: [] };

test("a document that cannot be read is an outcome; what time can mend is thrown and tried again", async () => {
  const scan = await uploaded(resumePdf({ lines: [] }));
  const fine = await uploaded(resumePdf());
  const away = {
    ...store,
    get: () => Promise.reject(new ValetError("STORAGE_UNAVAILABLE", "Not now.")),
  };
  const fault = await extractText({ ...deps(), store: away }, fine, signal).catch(toHatchetError);

  expect(await extractText(deps(), scan, signal)).toEqual({ epoch: 1, failure: "no_text" });
  expect(fault).toBeInstanceOf(Error);
  expect(fault).not.toBeInstanceOf(NonRetryableError);
  expect(await extractText(deps(), fine, signal)).toMatchObject({ epoch: 1 });
});

test("a file that is gone is not asked for again", async () => {
  const run = await uploaded(resumePdf());
  await store.delete(run.storageKey, signal);
  const fault = await extractText(deps(), run, signal).catch(toHatchetError);

  expect(fault).toBeInstanceOf(NonRetryableError);
});

test("a step that comes after its try was settled does nothing", async () => {
  const run = await uploaded(resumePdf());
  const extracted = await extractText(deps(), run, signal);
  const saved = await saveResults(deps(), run, extracted);

  expect(saved).toEqual({ state: "ready", started: 0 });
  expect(await extractText(deps(), run, signal)).toEqual({ superseded: true });
  expect(await saveResults(deps(), run, extracted)).toEqual({ state: "ready", started: 0 });
});

test("without a model what was read by rule goes on as it is", async () => {
  const run = await uploaded(resumePdf());
  const extracted = await extractText(deps(), run, signal);

  expect(await llmParse({ ...deps(), modelFor: undefined }, { run, extracted }, signal)).toBe(
    extracted,
  );
});

test("a model adds what it points at, and nothing that it makes up", async () => {
  const skills = [
    { line: 7, words: "Esperanto" },
    { line: 7, words: "Rocket science" },
  ];
  const input = { ...labels, basics: { name: { line: 1, words: "Eve" } }, languages: [], skills };
  const { resume, scripted } = await refinedBy({ kind: "tool", input }, odd);

  expect(resume?.basics.name).toBe("Ada Canaria");
  expect(resume?.skills).toEqual([{ name: "Esperanto" }]);
  expect(scripted.requests).toHaveLength(1);
});

test.each([
  ["turns it down", { kind: "status", status: 529 }],
  ["says nothing of use", { kind: "raw", body: "<html>" }],
  ["answers in another shape", { kind: "tool", input: { skills: "all of them" } }],
  ["stops in the middle", { kind: "hang_up" }],
] as const)("a model that %s costs nothing of what was read", async (_, reply) => {
  const { extracted, refined, resume } = await refinedBy(reply, odd);

  expect(refined).toEqual(extracted);
  expect(resume?.work?.[0]?.name).toBe("Analytical Engines Ltd");
});

test("neither a document's words nor what a model said are logged", () => {
  expect(lines.join("")).toContain("a model looked at a résumé");
  expect(lines.join("")).not.toMatch(/Canaria|Esperanto|Analytical/u);
});
