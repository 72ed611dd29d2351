import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type Server, createServer } from "node:http";
import { modelVariables } from "@valet/ai";
import type { Profile } from "@valet/contracts";
import {
  addResume,
  addUser,
  answerQuestions,
  claimTask,
  createTask,
  enterState,
  findOpenHumanStep,
  listPages,
  putProfile,
  setTaskSession,
  writeTask,
} from "@valet/db";
import { adapterOf, gatePolicyOf } from "@valet/sites";
import { type ModelScript, type ScriptedModel, openScriptedModel } from "@valet/testkit";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { WorkerDeps } from "../deps.ts";
import { modelForUses } from "../model-for.ts";
import {
  type DispatchingWorker,
  startDispatchingWorker,
} from "../tampering/dispatching-worker.fixture.ts";
import { analyzeForm } from "./analyze-form.ts";
import { fillPage } from "./fill-page.ts";

const { signal } = new AbortController();
let site: Server;
let siteUrl = "";
let worker: DispatchingWorker;

/** In a language that no rule knows: a phone, what one wants to earn, and whether one was ever convicted. */
const formHtml = `<!doctype html><title>Kehittäjä</title><h1>Kehittäjä</h1>
  <form method="post" action="/sent">
    <label>E-mail <input name="email" type="email" required></label>
    <label>Soitamme sinulle <input name="a1" required></label>
    <label>Palkkatoive <input name="a2"></label>
    <fieldset><legend>Onko sinut tuomittu?</legend>
      <label><input type="radio" name="a3" value="1">Kyllä</label>
      <label><input type="radio" name="a3" value="2">Ei</label></fieldset>
    <label hidden>Puhelin <input name="a4"></label>
    <button>Submit application</button>
  </form>`;

const profile: Profile = {
  basics: { name: "Ada Example", email: "ada@example.com", phone: "+358 40 1234567" },
  application: { salary: { expected: 60_000, currency: "EUR" }, relocation: { willing: true } },
};

beforeAll(async () => {
  site = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8").end(formHtml);
  });
  site.listen(0, "127.0.0.1");
  await once(site, "listening");
  const address = site.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  siteUrl = `http://127.0.0.1:${address.port}`;
  worker = await startDispatchingWorker([new URL(siteUrl).host], signal);
});
afterAll(async () => {
  await worker?.close();
  site.closeAllConnections();
  site.close();
});

/** An application in a browser of its own at the form, and a model that says what a script says. */
async function apply(mode: "copilot" | "autopilot", script: ModelScript) {
  const model = await openScriptedModel(script);
  onTestFinished(() => model.close());
  const { deps: plain } = worker;
  const { db, writer, store, log } = plain;
  const named = z.object(modelVariables).parse({
    ANTHROPIC_API_KEY: "sk-test",
    VALET_MODEL_URL: model.url,
  });
  const deps: WorkerDeps = { ...plain, modelFor: modelForUses(named, { db, log }) };
  const { id: userId } = await addUser(db, { name: `u-${randomUUID()}`, role: "user" });
  await putProfile(db, userId, profile);
  const [resumeId, runId] = [randomUUID(), `run-${randomUUID()}`];
  const file = { fileName: "cv.pdf", contentType: "application/pdf" };
  const body = Buffer.from("%PDF-1.7 Ada Example");
  const key = `resumes/${resumeId}`;
  const { sha256, byteSize } = await store.put(
    { key, body, contentType: file.contentType },
    signal,
  );
  await addResume(db, { id: resumeId, userId, ...file, sha256, byteSize, storageKey: key });
  const jobUrl = `${siteUrl}/jobs/${randomUUID()}`;
  const { task } = await createTask(writer, {
    userId,
    body: { jobUrl, resumeId, mode },
    jobKey: jobUrl.replace("http://", ""),
    platform: "generic",
  });
  await writeTask(writer, task.id, async (write) => {
    await claimTask(write, runId);
    enterState(write, "provisioning");
  });
  const policy = gatePolicyOf(adapterOf("generic"));
  const { sessionId } = await deps.hosts.local.createSession(
    { taskId: task.id, userId, url: jobUrl, policy },
    signal,
  );
  await setTaskSession(db, { taskId: task.id, runId, sessionId });
  onTestFinished(() => deps.hosts.local.closeSession(sessionId, signal));
  const job = { taskId: task.id, jobUrl, userId, resumeId, mode, platform: "generic" };
  const turn = { runId, step: "analyze-form", attempt: 0 } as const;
  return {
    deps,
    model,
    taskId: task.id,
    analyze: () => analyzeForm(deps, { job, runId, workerId: "w", turn }, signal),
    fill: () =>
      fillPage(
        deps,
        { taskId: task.id, runId, page: 1, help: "none", turn, onProgress: async () => undefined },
        signal,
      ),
    snapshot: async () => (await listPages(db, { taskId: task.id, epoch: 1 }))[0]?.snapshot.fields,
    questions: async () => (await findOpenHumanStep(db, task.id))?.questions,
    held: async () => {
      const { page } = await deps.sessions.attach({ runId, taskId: task.id }, signal);
      return page.evaluate<unknown>(
        "Object.fromEntries([...new FormData(document.forms[0])].filter(([, value]) => value !== ''))",
      );
    },
  };
}

/** Says of each field that it was shown what `meaningOf` makes of its label. */
function says(meaningOf: (label: string) => string): ModelScript {
  return ({ texts }) => {
    const Shown = z.object({ field: z.number(), label: z.string() });
    const shown = (texts.at(-1) ?? "").split("\n").map((line) => Shown.parse(JSON.parse(line)));
    const named = shown.map(({ field, label }) => ({ field, meaning: meaningOf(label) }));
    return { kind: "tool", input: { fields: [...named, { field: 99, meaning: "email" }] } };
  };
}

test("a field that no rule knows is filled from the profile, asked for once in both steps", async () => {
  const honest = says((label) => (label.startsWith("Soitamme") ? "phone" : "unknown"));
  const application = await apply("copilot", honest);
  expect(await application.analyze()).toMatchObject({ planned: 2 });
  expect(await application.fill()).toMatchObject({ filled: 2, isLast: true });

  expect(await application.held()).toEqual({ email: "ada@example.com", a1: "+358 40 1234567" });
  expect(await application.snapshot()).toContainEqual(
    expect.objectContaining({ id: "a1", source: "profile", confidence: 0.65 }),
  );
  expect(application.model.requests).toHaveLength(1);
  expect(leaked(application.model)).toEqual([]);
  const second = await apply("autopilot", honest);
  expect(await second.analyze()).toMatchObject({ planned: 2 });
  expect(second.model.requests).toEqual([]);
});

test("a model that means harm has nothing filled and nothing chosen, where nobody looks at it either", async () => {
  await worker.database.db.deleteFrom("formMeanings").execute();
  const harm: Readonly<Record<string, string>> = {
    "Onko sinut tuomittu?": "relocation",
    Palkkatoive: "salary.expected",
  };
  const application = await apply(
    "autopilot",
    says((label) => harm[label] ?? "email"),
  );

  expect(await application.analyze()).toMatchObject({ stopped: { kind: "question" } });
  expect(application.model.requests).toHaveLength(1);
  expect((await application.questions())?.map(({ fieldId }) => fieldId)).toEqual(["a1"]);
  // Whatever the person answers to that, the rest stays empty.
  await answer(application.taskId);
  expect(await application.fill()).toMatchObject({ filled: 2 });
  expect(await application.held()).toEqual({ email: "ada@example.com", a1: "Soitto" });
});

async function answer(taskId: string): Promise<void> {
  const answers = { a1: "Soitto" };
  await writeTask(worker.deps.writer, taskId, async (write) => {
    await answerQuestions(write, { answers, remember: false });
    enterState(write, "filling");
  });
}

/** What the person has stored, in what a model was told. */
function leaked({ requests }: ScriptedModel): string[] {
  const told = requests.map(({ raw }) => raw).join("\n");
  return ["Ada", "ada@example.com", "1234567", "60000", "60_000"].filter((text) =>
    told.includes(text),
  );
}
