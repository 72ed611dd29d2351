import { randomUUID } from "node:crypto";
import type { Scope } from "@valet/contracts";
import {
  type NewUser,
  type PersonNeeded,
  addApiKey,
  addPing,
  addSchedule,
  addWebhook,
  addEvidence,
  askPerson,
  claimTask,
  createBatch,
  endTask,
  enterState,
  keepParse,
  receiveResume,
  saveAnswer,
  settleParse,
  writeTask,
} from "@valet/db";
import { resumePdf } from "@valet/testkit";
import type { ApiFixture } from "./api.fixture.ts";
import { runIdOf, showReview } from "./review.fixture.ts";

/** How a valid request of one route is built. A new route wants its row in `rows`. */
export interface Row {
  /** What whoever owns everything that the request names gets. */
  readonly answers: number;
  /** What a request gets that names something of somebody else, or nothing there is; 404 unless given. */
  readonly unknown?: number;
  /** Makes what the request names, in this person's possession: every id, and what else belongs to it. */
  readonly given?: Given;
  /** What of that is in the path is put there by its name; this is for all that is elsewhere. */
  readonly rest?: (named: Named) => Rest;
  /** Its answer does not end by itself: only that it begins is looked at. */
  readonly isEndless?: true;
  /** Names of ids that are elsewhere. */
  readonly idsElsewhere?: readonly string[];
}

type Given = (api: ApiFixture, person: NewUser) => Promise<Named>;

export type Named = Readonly<Record<string, string>>;

export interface Rest {
  readonly query?: Readonly<Record<string, string>>;
  readonly payload?: object;
}

/** Routes that ask nobody who they are, each with why. */
export const publicRoutes: Readonly<Record<string, string>> = {
  "GET /healthz": "for whoever runs the process; holds nothing",
  "GET /readyz": "for whoever runs the process; says which service is away",
  "GET /metrics": "for whoever runs the process; counts and times",
  "GET /openapi.json": "the contract",
  "GET /docs": "the contract, to read",
  "GET /docs/": "the contract, to read",
  "GET /docs/json": "the contract",
  "GET /docs/yaml": "the contract",
  "GET /docs/static/*": "the contract, to read",
  "GET /docs/static/index.html": "the contract, to read",
  "GET /docs/static/swagger-initializer.js": "the contract, to read",
  "GET /": "the console: the same page at each of its paths; it asks as whoever is logged in",
  "GET /sign-in": "the console",
  "GET /applications/:id": "the console",
  "GET /applications/:id/live": "the console",
  "GET /live": "the console",
  "GET /batch/:id": "the console",
  "GET /operations": "the console",
  "GET /new": "the console",
  "GET /start": "the console",
  "GET /start/answers": "the console",
  "GET /start/facts": "the console",
  "GET /assets/:file": "a file of the console",
  "GET /tasks/:id/live": "the same page for every id; it asks with a key",
  "GET /live/viewer.css": "a file of that page",
  "GET /live/viewer.js": "a file of that page",
  "GET /files/:token": "the link opens it; it is for one file and ends",
  "POST /login": "with it a person becomes known",
};

const aTask: Given = async (api, { id }) => ({ id: (await api.addTask(id)).id });

const aBatch: Given = async (api, { id: userId }) => {
  const body = { resumeId: await api.addResumeOf(userId), mode: "copilot" } as const;
  const { batch } = await createBatch(api.db, {
    userId,
    body,
    lines: [{ kind: "job", jobUrl: jobUrl(), jobKey: jobUrl(), platform: "generic", answers: [] }],
  });
  return { id: batch.id };
};

const anEndedTask: Given = async (api, person) => {
  const task = await api.addTask(person.id);
  await writeTask(api.writer, task.id, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "CANCELLED", message: "Over." }),
  );
  return { id: task.id };
};

function aTaskThatAsks(needed: Pick<PersonNeeded, "kind" | "questions">): Given {
  return async (api, person) => {
    const task = await api.addTask(person.id);
    const url = "http://valet.test";
    const { stepId } = await writeTask(api.writer, task.id, async (write) => {
      await claimTask(write, runIdOf(task));
      enterState(write, "filling");
      return askPerson(write, { ...needed, asks: "Do it.", asksAgain: "Do it again.", url });
    });
    return { id: task.id, stepId };
  };
}

const aKey: Given = async ({ db }, { id: userId }) => {
  const { row } = await addApiKey(db, { userId, name: "n", scopes: ["account"] });
  return { id: row.id };
};

const aResume =
  (name: string): Given =>
  async (api, person) => ({
    [name]: await api.addResumeOf(person.id),
  });

const aStoredResume: Given = async (api, person) => {
  const id = await api.addResumeOf(person.id);
  const key = `resumes/${person.id}/${id}`;
  const file = { key, body: Buffer.from("%PDF"), contentType: "application/pdf" };
  await api.store.put(file, new AbortController().signal);
  return { id };
};

const aParsedResume: Given = async (api, person) => {
  const { id } = await receiveResume(api.writer, {
    id: randomUUID(),
    userId: person.id,
    fileName: "cv.pdf",
    contentType: "application/pdf",
    byteSize: 5,
    sha256: "00",
    storageKey: `resumes/${person.id}/00`,
  });
  const tried = { resumeId: id, epoch: 1 };
  const source = { paragraph: 1, text: "Ada", confidence: 1 };
  const parsed = { resume: { basics: { name: "Ada" } }, sources: { "/basics/name": source } };
  await keepParse(api.db, tried, { parsed, isRefined: false });
  await settleParse(api.writer, tried);
  return { id };
};

const aReceipt: Given = async (api, person) => {
  const { id } = await api.addTask(person.id);
  const storageKey = `tasks/${id}/receipt.json`;
  const contentType = "application/json";
  const body = Buffer.from("{}");
  await api.store.put({ key: storageKey, body, contentType }, new AbortController().signal);
  const piece = { kind: "receipt", storageKey, contentType, sha256: "00" };
  await addEvidence(api.db, { taskId: id, ...piece });
  return { id };
};

const aPicture: Given = async (api, person) => {
  const { id } = await api.addTask(person.id);
  const name = `${randomUUID()}.jpg`;
  const storageKey = `evidence/${id}/${name}`;
  const contentType = "image/jpeg";
  await api.store.put(
    { key: storageKey, body: Buffer.from("jpg"), contentType },
    new AbortController().signal,
  );
  const piece = { kind: "screenshot_filled_form", storageKey, contentType, sha256: "00" };
  await addEvidence(api.db, { taskId: id, ...piece });
  return { id, name };
};

const aWebhook: Given = async ({ db }, { id: userId }) => {
  const webhook = await addWebhook(db, { userId, url: webhookUrl, events: null });
  const ping = await addPing(db, { id: webhook.id, userId });
  return { id: webhook.id, deliveryId: ping.id };
};

const aSchedule: Given = async (api, { id: userId }) => {
  const resumeId = await api.addResumeOf(userId);
  const jobs = [{ jobUrl: jobUrl(), jobKey: randomUUID(), platform: "generic" }];
  const body = { name: "n", resumeId, mode: "copilot" as const, cron: "@daily" };
  const { id } = await addSchedule(api.db, { userId, body, jobs }, new Date());
  return { id };
};

const aReview: Given = async (api, person) => {
  const task = await api.addTask(person.id);
  return { id: task.id, digest: (await showReview(api.writer, task)).digest };
};

function aFile(): FormData {
  const form = new FormData();
  form.set("file", new Blob([resumePdf()]), "cv.pdf");
  return form;
}

const webhookUrl = "https://receiver.test/";
const jobUrl = () => `https://jobs.test/${randomUUID()}`;
const savedAnswer = { question: "A boat?", answer: "Yes" };
const question = { fieldId: "f", question: "Which?", options: [] };
const gone = 410;
const conflict = 409;

/** By method and address. HEAD is asked like GET. */
export const rows: Readonly<Record<string, Row>> = {
  "GET /tasks": {
    answers: 200,
    unknown: 422,
    given: async (api, { id }) => ({ cursor: (await api.addTask(id)).id }),
    idsElsewhere: ["cursor"],
    rest: ({ cursor = "" }) => ({ query: { cursor } }),
  },
  "POST /tasks": {
    answers: 201,
    given: aResume("resumeId"),
    idsElsewhere: ["resumeId"],
    rest: ({ resumeId }) => ({ payload: { jobUrl: jobUrl(), resumeId, mode: "copilot" } }),
  },
  "POST /batches": {
    answers: 201,
    given: aResume("resumeId"),
    idsElsewhere: ["resumeId"],
    rest: ({ resumeId }) => ({ payload: { jobUrls: [jobUrl()], resumeId, mode: "copilot" } }),
  },
  "GET /batches": { answers: 200 },
  "GET /batches/:id": { answers: 200, given: aBatch },
  "POST /batches/:id/cancel": { answers: 200, given: aBatch },
  "POST /batches/:id/answers": {
    answers: 200,
    given: aBatch,
    rest: () => ({ payload: { start: "now" } }),
  },
  "POST /tasks/preview": {
    answers: 200,
    rest: () => ({ payload: { jobUrl: jobUrl() } }),
  },
  "GET /tasks/:id": { answers: 200, given: aTask },
  "GET /tasks/:id/events": { answers: 200, given: aTask },
  // Of one that has ended the stream ends as well.
  "GET /tasks/:id/stream": { answers: 200, given: anEndedTask },
  "GET /events": { answers: 200 },
  "GET /stream": { answers: 200, isEndless: true },
  "POST /stream-tickets": { answers: 201 },
  "GET /tasks/:id/run": { answers: 200, given: aTask },
  "GET /runs": { answers: 200 },
  "POST /runs/cancel": { answers: 200, rest: () => ({ payload: { filters: {} } }) },
  "GET /limits": { answers: 200 },
  "PUT /limits": { answers: 200, rest: () => ({ payload: { own: { live: 2 } } }) },
  "POST /runs/requeue": { answers: 200, rest: () => ({ payload: { filters: {} } }) },
  "POST /runs/replay": { answers: 200, rest: () => ({ payload: { filters: {} } }) },
  "GET /tasks/:id/receipt": { answers: 200, given: aReceipt },
  "GET /tasks/:id/evidence": { answers: 200, given: aReceipt },
  "GET /tasks/:id/pictures/:name": { answers: 200, given: aPicture },
  "POST /tasks/:id/cancel": { answers: 200, given: aTask },
  "POST /tasks/:id/retry": { answers: 201, given: anEndedTask },
  // It is still on its way.
  "POST /tasks/:id/resolve": {
    answers: conflict,
    given: aTask,
    rest: () => ({ payload: { outcome: "confirmed" } }),
  },
  "POST /tasks/:id/approve": {
    answers: 200,
    given: aReview,
    rest: ({ digest }) => ({ payload: { digest } }),
  },
  "POST /tasks/:id/captcha-solved": { answers: 200, given: aTaskThatAsks({ kind: "captcha" }) },
  "POST /tasks/:id/human-steps/:stepId/done": {
    answers: 200,
    given: aTaskThatAsks({ kind: "sign_in" }),
    rest: () => ({ payload: {} }),
  },
  "POST /tasks/:id/answers": {
    answers: 200,
    given: aTaskThatAsks({ kind: "question", questions: [question] }),
    rest: () => ({ payload: { answers: { f: "This." } } }),
  },
  // It has no browser.
  "POST /tasks/:id/takeover": {
    answers: gone,
    given: aTask,
    rest: () => ({ payload: { mode: "view" } }),
  },
  "POST /tasks/:id/text": {
    answers: gone,
    given: aTask,
    rest: () => ({ payload: { control: randomUUID(), text: "x" } }),
  },
  "POST /tasks/:id/release": { answers: 200, given: aTask },
  "GET /resumes": { answers: 200 },
  "POST /resumes": { answers: 201, rest: () => ({ payload: aFile() }) },
  "GET /resumes/:id": { answers: 200, given: aParsedResume },
  "GET /resumes/:id/link": { answers: 200, given: aStoredResume },
  "POST /resumes/:id/accept": {
    answers: 200,
    given: aParsedResume,
    rest: () => ({ payload: { changes: "all" } }),
  },
  "POST /resumes/:id/reparse": { answers: 202, given: aParsedResume },
  "GET /profile": { answers: 200 },
  "GET /profile/sources": { answers: 200 },
  "PUT /profile": { answers: 200, rest: () => ({ payload: {} }) },
  "GET /answers": { answers: 200 },
  "PUT /answers": { answers: 200, rest: () => ({ payload: savedAnswer }) },
  "DELETE /answers": {
    answers: 200,
    given: async ({ db }, { id: userId }) => {
      const { question } = await saveAnswer(db, userId, { ...savedAnswer, question: randomUUID() });
      return { question };
    },
    idsElsewhere: ["question"],
    rest: ({ question = "" }) => ({ query: { question } }),
  },
  "GET /api-keys": { answers: 200 },
  "POST /api-keys": {
    answers: 201,
    rest: () => ({ payload: { name: "n", scopes: ["account"] } }),
  },
  "POST /api-keys/:id/rotate": { answers: 201, given: aKey },
  "DELETE /api-keys/:id": { answers: 200, given: aKey },
  "GET /schedules": { answers: 200 },
  "GET /schedules/:id": { answers: 200, given: aSchedule },
  "POST /schedules": {
    answers: 201,
    given: aResume("resumeId"),
    idsElsewhere: ["resumeId"],
    rest: ({ resumeId }) => ({
      payload: { name: "n", jobs: [jobUrl()], resumeId, mode: "copilot", cron: "@daily" },
    }),
  },
  "PATCH /schedules/:id": {
    answers: 200,
    given: aSchedule,
    rest: () => ({ payload: { name: "m" } }),
  },
  "DELETE /schedules/:id": { answers: 200, given: aSchedule },
  "GET /webhooks": { answers: 200 },
  "POST /webhooks": { answers: 201, rest: () => ({ payload: { url: webhookUrl } }) },
  "PUT /webhooks/:id": {
    answers: 200,
    given: aWebhook,
    rest: () => ({ payload: { url: webhookUrl, events: null, enabled: true } }),
  },
  "DELETE /webhooks/:id": { answers: 200, given: aWebhook },
  "POST /webhooks/:id/rotate-secret": { answers: 200, given: aWebhook },
  "POST /webhooks/:id/test": { answers: 200, given: aWebhook },
  "GET /webhooks/:id/deliveries": { answers: 200, given: aWebhook },
  "POST /webhooks/:id/deliveries/:deliveryId/replay": { answers: 200, given: aWebhook },
  "GET /me": { answers: 200 },
  "GET /me/export": { answers: 200 },
  "DELETE /me": {
    answers: 202,
    given: async (_api, { name }) => ({ name }),
    rest: ({ name }) => ({ payload: { confirm: name } }),
  },
  "POST /logout": { answers: 204 },
  "GET /admin/sessions": { answers: 200 },
  "GET /admin/workers": { answers: 200 },
  "GET /admin/queue": { answers: 200 },
  "POST /admin/users": {
    answers: 201,
    rest: () => ({ payload: { name: `p-${randomUUID()}` } }),
  },
};

/** A key with these scopes that is good no more, or still. */
export async function keyThatIs(
  { db }: ApiFixture,
  { id: userId }: NewUser,
  state: "good" | "expired" | "revoked",
  scopes: readonly Scope[],
): Promise<string> {
  const { row, apiKey } = await addApiKey(db, { userId, name: state, scopes });
  const past = new Date(Date.now() - 1_000);
  if (state === "expired")
    await db.updateTable("apiKeys").set({ expiresAt: past }).where("id", "=", row.id).execute();
  if (state === "revoked")
    await db.updateTable("apiKeys").set({ revokedAt: past }).where("id", "=", row.id).execute();
  return apiKey;
}
