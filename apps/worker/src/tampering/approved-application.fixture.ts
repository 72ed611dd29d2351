import { randomUUID } from "node:crypto";
import { isValetError } from "@valet/contracts";
import {
  type StepTry,
  type TaskRow,
  addResume,
  addUser,
  approveReview,
  claimTask,
  createTask,
  enterState,
  findIntent,
  recordStepStart,
  savePage,
  setTaskSession,
  writeTask,
} from "@valet/db";
import { type GivenValue, fillPage, planValues, readBack } from "@valet/forms";
import { adapterOf, gatePolicyOf, openSiteForm } from "@valet/sites";
import type { LiveSession } from "../live-sessions.ts";
import { readResumeFile } from "../resume-file.ts";
import { dispatch } from "../steps/dispatch.ts";
import { resumeFiles } from "../steps/resume-files.ts";
import { prepareReview } from "../steps/upload-resume.ts";
import type { DispatchingWorker } from "./dispatching-worker.fixture.ts";
import type { TamperingSite } from "./tampering-site.fixture.ts";

/** One person's application in a live browser; it may be filled, approved and dispatched again and again. */
export interface ApplicationUnderTest {
  readonly site: TamperingSite;
  page(): LiveSession["page"];
  /** Opens the form, fills it, shows it to the person, who approves it. */
  approve(path?: string): Promise<void>;
  /** How the step ended; for an error its code. */
  dispatch(): Promise<string>;
  /** Of the newest attempt. */
  intentState(): Promise<string | undefined>;
  changeApproval(change: {
    readonly expiresAt?: Date;
    readonly consumedAt?: Date;
    readonly digest?: string;
    readonly overrides?: string;
  }): Promise<unknown>;
  /** The attempt then names an approval of the same digest that was given for something else. */
  useForeignApproval(of: "task" | "person"): Promise<unknown>;
  changeIntent(change: {
    readonly state?: string;
    readonly approvalId?: string | null;
  }): Promise<unknown>;
  changeTask(change: { readonly runId: string }): Promise<unknown>;
  /** The engine has given the step to another worker, which attaches to the browser. */
  takeOver(): Promise<unknown>;
  closeSession(): Promise<unknown>;
  replaceResume(): Promise<unknown>;
}

const values: Readonly<Record<string, GivenValue>> = {
  "First name": "Ada",
  "Last name": "Example",
  Email: "ada@example.com",
  "Why do you want to work here?": "For the engines",
  "Notice period": "One month",
  "Would you relocate?": "Yes",
  City: "Berlin",
  "I agree that my data is kept for one year": true,
};
const adapter = adapterOf("generic");
const pdf = Buffer.from("%PDF-1.7 Ada Example");

export async function openApplication(
  { deps, database: { db } }: DispatchingWorker,
  site: TamperingSite,
  signal: AbortSignal,
): Promise<ApplicationUnderTest> {
  const runId = `run-${randomUUID()}`;
  const task = await newTask({ deps, site, runId }, signal);
  const { id: taskId, userId } = task;
  let live: LiveSession | undefined;
  let round = 0;

  async function attach(): Promise<LiveSession> {
    await db.updateTable("tasks").set({ runId }).where("id", "=", taskId).execute();
    live = await deps.sessions.attach({ runId, taskId }, signal);
    return live;
  }
  function tryOf(attempt: number): StepTry {
    return { runId: `${runId}-${round}`, step: "dispatch", attempt };
  }
  function page(): LiveSession["page"] {
    if (live === undefined) throw new Error("The application is not open.");
    return live.page;
  }
  async function newestIntent() {
    const intent = await findIntent(db, taskId);
    if (intent === undefined) throw new Error("Nothing was prepared.");
    return intent;
  }
  const changeIntent: ApplicationUnderTest["changeIntent"] = async (change) => {
    const { id } = await newestIntent();
    return db.updateTable("submissionIntents").set(change).where("id", "=", id).execute();
  };

  return {
    site,
    page,
    changeIntent,
    async approve(path = "/jobs/42") {
      round += 1;
      const { page: open } = await attach();
      await storeResume({ deps, resumeId: task.resumeId }, signal);
      await open.goto(`${site.url}${path}`);
      const opened = await openSiteForm({ page: open, adapter }, signal);
      if (opened.kind !== "form") throw new Error(`There is no form: ${opened.kind}.`);
      const { form } = opened;
      const files = resumeFiles(form, await readResumeFile(deps, task, signal));
      const given = planValues({ fields: form.fields, values });
      const plan = [...given.plan, ...Object.keys(files).map(filePlan)];
      const report = await fillPage({ page: open, form, plan, files }, signal);
      const missed = report.fields.filter(({ ok }) => !ok).map(({ id, problem }) => [id, problem]);
      const faults = [...given.unmatched, ...given.unsuitable, ...missed];
      if (faults.length > 0) throw new Error(`Not filled: ${JSON.stringify(faults)}.`);
      const snapshot = await readBack({ page: open, form, plan, files, pageNumber: 1 }, signal);
      const { signature } = form;
      const filled = { page: 1, signature, isLast: true, wasLeft: false, plan, snapshot };
      await savePage(db, { taskId, epoch: task.epoch }, filled);
      const review = { runId, taskId, pages: [filled], alwaysAsk: true };
      const prepared = await prepareReview(deps, review);
      if (prepared.kind !== "ready") throw new Error(`Not ready: ${prepared.kind}.`);
      const { digest } = prepared;
      await writeTask(deps.writer, taskId, (write) =>
        approveReview(write, { digest, overrides: {} }),
      );
    },
    async dispatch() {
      const input = {
        taskId,
        runId,
        stepId: null,
        turn: tryOf(0),
        moreTime: async () => undefined,
      };
      try {
        return Object.keys(await dispatch(deps, input, signal)).join();
      } catch (error) {
        if (isValetError(error)) return error.code;
        throw error;
      }
    },
    intentState: async () => (await findIntent(db, taskId))?.state,
    async changeApproval(change) {
      const { approvalId } = await newestIntent();
      await db.updateTable("approvals").set(change).where("id", "=", approvalId).execute();
    },
    async useForeignApproval(of) {
      const { digest } = await newestIntent();
      const other = await newTask(
        { deps, site, runId: randomUUID(), ...(of === "task" ? { userId } : {}) },
        signal,
      );
      const foreign = { taskId: other.id, userId: other.userId, mode: "copilot", digest };
      const { id: approvalId } = await db
        .insertInto("approvals")
        .values({ ...foreign, expiresAt: new Date(Date.now() + 600_000) })
        .returning("id")
        .executeTakeFirstOrThrow();
      await changeIntent({ approvalId });
    },
    changeTask: (change) => db.updateTable("tasks").set(change).where("id", "=", taskId).execute(),
    async takeOver() {
      await recordStepStart(db, { ...tryOf(1), taskId, workerId: "another" });
      const id = live?.session.id ?? "";
      await deps.hosts.local.attachSession(id, { owner: "another", taskId, userId }, signal);
    },
    closeSession: () => deps.hosts.local.closeSession(live?.session.id ?? "", signal),
    replaceResume: () =>
      storeResume({ deps, resumeId: task.resumeId, body: Buffer.from("%PDF-1.7 Eve") }, signal),
  };
}

function filePlan(id: string) {
  return {
    id,
    action: "fill" as const,
    value: "cv.pdf",
    source: "resume" as const,
    confidence: 1,
    why: "",
  };
}

interface NewTask {
  readonly deps: DispatchingWorker["deps"];
  readonly site: TamperingSite;
  readonly runId: string;
  /** Of whom; a new person unless given. */
  readonly userId?: string;
}

function storeResume(
  { deps, resumeId, body = pdf }: StoredResume,
  signal: AbortSignal,
): ReturnType<typeof deps.store.put> {
  const key = `resumes/${resumeId}`;
  return deps.store.put({ key, body, contentType: "application/pdf" }, signal);
}

interface StoredResume {
  readonly deps: DispatchingWorker["deps"];
  readonly resumeId: string;
  readonly body?: Buffer;
}

/** Claimed by our run, with a browser of its own at the form. */
async function newTask(
  { deps, site, runId, ...of }: NewTask,
  signal: AbortSignal,
): Promise<TaskRow> {
  const { db, writer } = deps;
  const isFirst = of.userId === undefined;
  const userId = of.userId ?? (await addUser(db, { name: `u-${randomUUID()}`, role: "user" })).id;
  const job = `${site.url}/jobs/${isFirst ? 42 : randomUUID()}`;
  const resumeId = randomUUID();
  const storageKey = `resumes/${resumeId}`;
  const { sha256, byteSize } = await storeResume({ deps, resumeId }, signal);
  const file = { fileName: "cv.pdf", contentType: "application/pdf" };
  await addResume(db, { id: resumeId, userId, ...file, sha256, byteSize, storageKey });
  const { task } = await createTask(writer, {
    userId,
    body: { jobUrl: job, resumeId, mode: "copilot" },
    jobKey: job.replace("http://", ""),
    platform: "generic",
  });
  await writeTask(writer, task.id, async (write) => {
    await claimTask(write, runId);
    enterState(write, "uploading");
  });
  const policy = gatePolicyOf(adapter);
  const { sessionId } = await deps.hosts.local.createSession(
    { taskId: task.id, userId, url: "about:blank", policy },
    signal,
  );
  await setTaskSession(db, { taskId: task.id, runId, sessionId });
  return task;
}
