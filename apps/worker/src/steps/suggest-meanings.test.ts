import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { modelVariables } from "@valet/ai";
import type { FormField } from "@valet/contracts";
import {
  type Database,
  addResume,
  addUser,
  connectDb,
  createTask,
  migrate,
  taskSpend,
} from "@valet/db";
import { type FormPage, assignMeaning } from "@valet/forms";
import { createLogger } from "@valet/runtime";
import {
  type ModelReply,
  type ModelScript,
  type TestDatabase,
  openScriptedModel,
  testDatabase,
} from "@valet/testkit";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { modelForUses } from "../model-for.ts";
import { suggestMeanings } from "./suggest-meanings.ts";

const { signal } = new AbortController();
const lines: string[] = [];
const log = createLogger({
  name: "test",
  level: "debug",
  destination: { write: (line) => void lines.push(line) },
});
let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await testDatabase();
  const directory = fileURLToPath(new URL("../migrations", import.meta.resolve("@valet/db")));
  await migrate({ url: server.url, directory, log, signal });
  database = connectDb({ url: server.url, applicationName: "test", maxConnections: 4, log });
});
afterAll(async () => {
  await database?.close();
  await server?.drop();
});

function aField(id: string, label: string): FormField {
  const known = assignMeaning({ kind: "text", label, options: [] });
  const fixed = { frame: "", selector: `#${id}`, required: true, visible: true, options: [] };
  return { id, label, kind: "text", ...known, ...fixed };
}

function aForm(): FormPage {
  return {
    url: "https://jobs.test/42",
    title: "",
    target: null,
    signature: randomUUID(),
    fields: [
      aField("email", "E-mail"),
      aField("hallo-ada-canaria", "Soitamme sinulle Ada Canaria"),
    ],
    buttons: {},
    alerts: 0,
  };
}

/** An application of a new person, and a model that says what a script says. */
async function start(script: ModelScript, variables: Readonly<Record<string, string>> = {}) {
  const { db } = database;
  const model = await openScriptedModel(script);
  onTestFinished(() => model.close());
  const { id: userId } = await addUser(db, { name: `u-${randomUUID()}`, role: "user" });
  const resumeId = randomUUID();
  const file = { fileName: "cv.pdf", contentType: "application/pdf", byteSize: 1, sha256: "00" };
  await addResume(db, { id: resumeId, userId, ...file, storageKey: resumeId });
  const { task } = await createTask(
    { db, ring: () => undefined },
    {
      userId,
      body: { jobUrl: "https://jobs.test/42", resumeId, mode: "copilot" },
      jobKey: randomUUID(),
      platform: "generic",
    },
  );
  const named = z.object(modelVariables).parse({
    VALET_MODEL_PROVIDER: "openai",
    VALET_MODEL: "claude-haiku-5-5",
    VALET_MODEL_URL: model.url,
    ...variables,
  });
  const deps = { db, log, modelFor: modelForUses(named, { db, log }) };
  const suggest = async (form: FormPage) =>
    Object.fromEntries(await suggestMeanings(deps, { taskId: task.id, userId, form }, signal));
  return { suggest, deps, model, taskId: task.id, userId };
}

const phone: ModelReply = { kind: "tool", input: { fields: [{ field: 1, meaning: "phone" }] } };
const asPhone = { "hallo-ada-canaria": "phone" };

test("only what no rule is sure of is asked, once for a layout, whoever comes to it", async () => {
  const form = aForm();
  const first = await start(() => phone);
  const second = await start(() => phone);

  expect(await first.suggest(form)).toEqual(asPhone);
  expect(await first.suggest(form)).toEqual(asPhone);
  expect(await second.suggest(form)).toEqual(asPhone);
  expect(first.model.requests).toHaveLength(1);
  expect(second.model.requests).toHaveLength(0);
  expect(first.model.requests[0]?.raw).not.toContain("E-mail");
  expect(await taskSpend(database.db, first.taskId)).toMatchObject({ calls: 1, usd: 0.000016 });
});

test("what is kept of a layout are no words of it", async () => {
  const { suggest } = await start(() => phone);
  await suggest(aForm());
  const rows = await database.db.selectFrom("formMeanings").selectAll().execute();

  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toMatch(/ada|canaria|soitamme/iu);
});

test("a form of which rules are sure is asked of nobody", async () => {
  const { suggest, model } = await start(() => phone);
  const form = aForm();

  expect(await suggest({ ...form, fields: form.fields.slice(0, 1) })).toEqual({});
  expect(model.requests).toEqual([]);
});

const soon = { "retry-after-ms": "1" };

test.each<[string, ModelReply, string]>([
  ["is overloaded", { kind: "status", status: 529, headers: soon }, "overloaded"],
  ["does not take the key", { kind: "status", status: 401 }, "rejected_key"],
  ["refuses", { kind: "text", text: "No.", stopReason: "refusal" }, "refused"],
  ["says nothing of use", { kind: "raw", body: "<html>" }, "malformed"],
  ["hangs up", { kind: "hang_up" }, "unreachable"],
])(
  "where a model %s the form goes on as without, and is asked about again",
  async (_, reply, kind) => {
    const form = aForm();
    const { suggest, model, taskId } = await start(() => reply);
    const replies = await suggest(form);
    const asked = model.requests.length;
    await suggest(form);

    expect(replies).toEqual({});
    expect(model.requests.length).toBe(asked * 2);
    const line = lines.find(
      (text) => text.includes(taskId) && text.includes("what fields ask for"),
    );
    expect(JSON.parse(line ?? "{}")).toMatchObject({ outcome: kind });
  },
);

test("where nothing may be spent nobody is asked", async () => {
  const { suggest, model, taskId } = await start(() => phone, { VALET_MODEL_TASK_CAP_USD: "0" });

  expect(await suggest(aForm())).toEqual({});
  expect(model.requests).toEqual([]);
  expect(lines.join("")).toContain('"outcome":"over_budget"');
  expect(await taskSpend(database.db, taskId)).toMatchObject({ calls: 0 });
});

test("a fault of ours on the way costs the form nothing either; a step that is given up is", async () => {
  const { deps, taskId, userId } = await start(() => phone);
  const broken = {
    ...deps,
    modelFor: () => {
      throw new Error("Out of order.");
    },
  };
  const asked = { taskId, userId, form: aForm() };

  expect(await suggestMeanings(broken, asked, signal)).toEqual(new Map());
  await expect(suggestMeanings(deps, asked, AbortSignal.abort())).rejects.toThrow("aborted");
});

test("without a model what was said before is still known", async () => {
  const form = aForm();
  const { suggest, deps, taskId, userId } = await start(() => phone);
  await suggest(form);
  const without = { ...deps, modelFor: undefined };

  expect(await suggestMeanings(without, { taskId, userId, form }, signal)).toEqual(
    new Map(Object.entries(asPhone)),
  );
});

test("neither the words of a form nor what a model said are logged", () => {
  expect(lines.join("")).toContain("a model was asked what fields ask for");
  expect(lines.join("")).not.toMatch(/canaria|soitamme|phone/iu);
});
