import { randomUUID } from "node:crypto";
import { Approval, Task, TaskDetail } from "@valet/contracts";
import { type NewUser, endTask, listEvents, listTaskAnswers, writeTask } from "@valet/db";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiFixture, admitAll, keyOf, openApiFixture } from "../api.fixture.ts";
import { dispatch, runIdOf, showReview } from "../review.fixture.ts";

let api: ApiFixture;
let person: NewUser;
let other: NewUser;

beforeAll(async () => {
  api = await openApiFixture({ allowPrivate: ["127.0.0.1:8123"] });
  person = await api.addPerson();
  other = await api.addPerson();
});
afterAll(() => api.close());

async function post(url: string, payload: object = {}, as = person, key?: string) {
  return api.app.inject({
    method: "POST",
    url,
    headers: { ...keyOf(as), ...(key === undefined ? {} : { "idempotency-key": key }) },
    payload,
  });
}

async function get(url: string, as = person) {
  return api.app.inject({ url, headers: keyOf(as) });
}

async function read(taskId: string): Promise<TaskDetail> {
  return TaskDetail.parse((await get(`/tasks/${taskId}`)).json());
}

async function newBody(as = person) {
  const jobUrl = `https://boards.greenhouse.test/${randomUUID()}`;
  return { jobUrl, resumeId: await api.addResumeOf(as.id), mode: "copilot" };
}

async function outboxOf(taskId: string): Promise<{ message: unknown }[]> {
  return api.db
    .selectFrom("outbox")
    .select("message")
    .where("taskId", "=", taskId)
    .orderBy("id")
    .execute();
}

test("an application is accepted and queued until it may start", async () => {
  const kicks = api.kicks();
  const answer = await post("/tasks", await newBody());
  expect(answer.statusCode).toBe(201);
  const task = Task.parse(answer.json());
  expect(task).toMatchObject({ state: "queued", outcome: null, platform: "generic", epoch: 1 });
  expect(await outboxOf(task.id)).toEqual([]);
  const { queue } = await read(task.id);
  expect(queue).toEqual({ behind: 0, heldUpBy: null, until: null });
  await admitAll(api.db);
  expect(await outboxOf(task.id)).toEqual([{ message: { kind: "start_run", epoch: 1 } }]);
  expect((await read(task.id)).queue).toBeNull();
  expect(api.kicks()).toBe(kicks + 1);
});

test("the same idempotency key gives the same task, with another body it is refused", async () => {
  const body = await newBody();
  const first = await post("/tasks", body, person, "key-1");
  const again = await post("/tasks", body, person, "key-1");
  expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
  expect(again.json().id).toBe(first.json().id);
  const changed = await post("/tasks", { ...body, mode: "autopilot" }, person, "key-1");
  expect([changed.statusCode, changed.json().code]).toEqual([422, "IDEMPOTENCY_KEY_REUSED"]);
});

test("answers in advance are kept for the application, and with others the key is refused", async () => {
  const body = await newBody();
  const answers = [{ question: " A boat? ", answer: true }];
  const first = await post("/tasks", { ...body, answers }, person, "key-answers");
  expect(first.statusCode).toBe(201);
  expect(await listTaskAnswers(api.db, first.json().id)).toEqual([
    { fieldId: null, question: "A boat?", answer: "Yes" },
  ]);
  const again = await post("/tasks", { ...body, answers }, person, "key-answers");
  expect([again.statusCode, again.json().id]).toEqual([200, first.json().id]);
  const others = [{ question: "A boat?", answer: "canary" }];
  for (const changed of [{ ...body, answers: others }, body]) {
    const refused = await post("/tasks", changed, person, "key-answers");
    expect([refused.statusCode, refused.json().code]).toEqual([422, "IDEMPOTENCY_KEY_REUSED"]);
    expect(refused.body).not.toContain("canary");
  }
});

const given = { question: "canary?", answer: "canary" };

test.each([
  ["the same question twice", [given, { question: " CANARY (required)", answer: "other" }]],
  ["a hundred and one", Array.from({ length: 101 }, (_, i) => ({ ...given, question: `q ${i}` }))],
  ["a question that is too long", [{ ...given, question: "canary".repeat(400) }]],
  ["an answer that is too long", [{ ...given, answer: "canary".repeat(4_000) }]],
  ["an answer without words", [{ ...given, answer: " " }]],
  ["a field that nobody knows yet", [{ ...given, fieldId: "f" }]],
])("answers in advance with %s start nothing and are not quoted", async (_what, answers) => {
  const body = await newBody();
  const refused = await post("/tasks", { ...body, answers });
  expect([refused.statusCode, refused.json().code]).toEqual([422, "VALIDATION"]);
  expect(refused.body).not.toContain("canary");
  expect((await post("/tasks", body)).statusCode).toBe(201);
});

test("twenty requests at once with one key make one task", async () => {
  const body = await newBody();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post("/tasks", body, person, "key-20")),
  );
  expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
});

test("a second application for a job that is under way is refused and names the first", async () => {
  const body = await newBody();
  const first = await post("/tasks", body);
  const second = await post("/tasks", { ...body, jobUrl: `${body.jobUrl}?utm_source=x#apply` });
  expect([second.statusCode, second.json().code]).toEqual([409, "TASK_IN_PROGRESS"]);
  expect(second.json().details.taskId).toBe(first.json().id);
});

test("an address that may not be opened is refused by its own code and starts nothing", async () => {
  const resumeId = await api.addResumeOf(person.id);
  const before = (await get("/tasks?limit=100")).json().tasks.length;
  for (const [jobUrl, code] of [
    ["not a url", "JOB_URL_INVALID"],
    ["file:///etc/passwd", "JOB_URL_UNSUPPORTED"],
    ["https://user:pass@jobs.test/1", "JOB_URL_UNSUPPORTED"],
    ["https://www.linkedin.com/jobs/view/4012345678", "SITE_FORBIDS_AUTOMATION"],
    ["http://127.0.0.1:8124/job", "JOB_URL_PRIVATE"],
    ["http://[::1]/job", "JOB_URL_PRIVATE"],
    ["http://169.254.169.254/latest", "JOB_URL_PRIVATE"],
    ["https://erp.inside.test/job", "JOB_URL_PRIVATE"],
    ["https://nowhere.invalid/job", "JOB_URL_UNKNOWN_HOST"],
  ]) {
    const answer = await post("/tasks", { jobUrl, resumeId, mode: "copilot" });
    expect([jobUrl, answer.statusCode, answer.json().code]).toEqual([jobUrl, 422, code]);
  }
  expect((await get("/tasks?limit=100")).json().tasks).toHaveLength(before);
});

test("a private address that the configuration allows is accepted", async () => {
  const body = { ...(await newBody()), jobUrl: `http://127.0.0.1:8123/${randomUUID()}` };
  expect((await post("/tasks", body)).statusCode).toBe(201);
});

test("another person's résumé is as unknown as one that does not exist", async () => {
  const body = await newBody(other);
  const foreign = await post("/tasks", body);
  const unknown = await post("/tasks", { ...body, resumeId: randomUUID() });
  expect(foreign.statusCode).toBe(404);
  expect(foreign.json()).toEqual(unknown.json());
});

test("every route answers for another person's task exactly as for an unknown one", async () => {
  const task = await api.addTask(other.id);
  await showReview(api.writer, task);
  const routes = [
    ["GET", ""],
    ["GET", "/events"],
    ["GET", "/stream"],
    ["GET", "/receipt"],
    ["POST", "/approve"],
    ["POST", "/cancel"],
    ["POST", "/resolve"],
    ["POST", "/retry"],
  ] as const;
  const bodies: Readonly<Record<string, object>> = {
    "/approve": { digest: "v1:x" },
    "/resolve": { outcome: "confirmed" },
  };
  for (const [method, path] of routes) {
    const [foreign, unknown, malformed] = await Promise.all(
      [task.id, randomUUID(), "not-an-id"].map((id) =>
        api.app.inject({
          method,
          url: `/tasks/${id}${path}`,
          headers: keyOf(person),
          ...(method === "POST" ? { payload: bodies[path] ?? {} } : {}),
        }),
      ),
    );
    expect([path, foreign?.statusCode]).toEqual([path, 404]);
    expect(foreign?.json()).toEqual(unknown?.json());
    expect(foreign?.json()).toEqual(malformed?.json());
  }
});

test("tasks are listed newest first, by state, and page by cursor without loss", async () => {
  const someone = await api.addPerson();
  for (let count = 0; count < 5; count += 1) await api.addTask(someone.id);
  const all = (await get("/tasks", someone)).json().tasks.map(({ id }: Task) => id);
  const seen: string[] = [];
  let cursor = "";
  do {
    const page = (await get(`/tasks?limit=2${cursor}`, someone)).json();
    seen.push(...page.tasks.map(({ id }: Task) => id));
    cursor = page.nextCursor === null ? "" : `&cursor=${page.nextCursor}`;
  } while (cursor !== "");
  expect(seen).toEqual(all);
  expect((await get("/tasks?state=completed", someone)).json().tasks).toEqual([]);
  expect((await get("/tasks?state=nonsense", someone)).statusCode).toBe(422);
  expect((await get(`/tasks?cursor=${randomUUID()}`, someone)).json().code).toBe("VALIDATION");
});

test("tasks are listed by what is asked for, all of it, and page by cursor within that", async () => {
  const someone = await api.addPerson();
  const over = await api.addTask(someone.id);
  await writeTask(api.writer, over.id, (write) =>
    endTask(write, { outcome: "not_submitted", reason: "STEP_FAILED", message: "Over." }),
  );
  const asked = await api.addTask(someone.id);
  await showReview(api.writer, asked);
  const waits = await api.addTask(someone.id);
  await showReview(api.writer, waits);
  const alone = await api.addTask(someone.id, { mode: "autopilot" });
  await showReview(api.writer, await api.addTask((await api.addPerson()).id));
  const list = async (query: string) => {
    const answer = await get(`/tasks?${query}`, someone);
    return answer.json().tasks?.map(({ id }: Task) => id) ?? answer.json().code;
  };
  expect(await list("waiting=true")).toEqual([waits.id, asked.id]);
  expect(await list("waiting=false")).toEqual([alone.id, over.id]);
  expect(await list(`waiting=true&limit=1&cursor=${waits.id}`)).toEqual([asked.id]);
  expect(await list("mode=autopilot")).toEqual([alone.id]);
  expect(await list("mode=autopilot&waiting=true")).toEqual([]);
  expect(await list("outcome=not_submitted&state=failed")).toEqual([over.id]);
  expect(await list("platform=lever")).toEqual([]);
  expect(await list("platform=generic")).toHaveLength(4);
  const { createdAt } = (await get(`/tasks/${waits.id}`, someone)).json();
  expect(await list(`since=${createdAt}&mode=copilot`)).toEqual([waits.id]);
  expect(await list(`until=${createdAt}`)).toEqual([asked.id, over.id]);
  for (const wrong of ["waiting=1", "mode=x", "since=today", "sate=failed", "platform="]) {
    expect([wrong, await list(wrong)]).toEqual([wrong, "VALIDATION"]);
  }
});

test("a task shows what its form holds and what it waits for", async () => {
  const task = await api.addTask(person.id);
  const review = await showReview(api.writer, task);
  const detail = TaskDetail.parse((await get(`/tasks/${task.id}`)).json());
  expect(detail.state).toBe("awaiting_review");
  expect(detail.fields).toMatchObject([{ id: "first_name", value: "Ada", source: "profile" }]);
  expect(detail.humanStep).toMatchObject({
    id: review.stepId,
    kind: "review",
    digest: review.digest,
  });
});

test("an approval without a digest is refused and says what could be approved", async () => {
  const task = await api.addTask(person.id);
  const early = await post(`/tasks/${task.id}/approve`);
  expect([early.statusCode, early.json().code]).toEqual([422, "DIGEST_REQUIRED"]);
  expect(early.json().details).toEqual({ state: "queued" });
  const bare = {
    method: "POST",
    url: `/tasks/${task.id}/approve`,
    headers: keyOf(person),
  } as const;
  expect((await api.app.inject(bare)).json()).toEqual(early.json());
  const review = await showReview(api.writer, task);
  const answer = await post(`/tasks/${task.id}/approve`);
  expect(answer.json().details).toMatchObject({ digest: review.digest, stepId: review.stepId });
  expect(await outboxOf(task.id)).toHaveLength(1);
});

test("an approval of what is shown is kept, sent to the engine once, and given again on repeat", async () => {
  const task = await api.addTask(person.id);
  const { digest, stepId } = await showReview(api.writer, task);
  const kicks = api.kicks();
  const approvals = await Promise.all(
    [1, 2, 3].map(() => post(`/tasks/${task.id}/approve`, { digest })),
  );
  expect(approvals.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  const ids = approvals.map((answer) => Approval.parse(answer.json()).approvalId);
  expect(new Set(ids).size).toBe(1);
  expect(await outboxOf(task.id)).toMatchObject([
    { message: { kind: "start_run" } },
    {
      message: {
        kind: "push_event",
        key: "review_approved",
        scope: `task:${task.id}:${stepId}`,
        payload: { taskId: task.id, stepId, approvalId: ids[0] },
      },
    },
  ]);
  expect(api.kicks()).toBeGreaterThan(kicks);
});

test("corrections bind the approval to the corrected form; unknown fields approve nothing", async () => {
  const task = await api.addTask(person.id);
  const { digest } = await showReview(api.writer, task);
  const unknown = await post(`/tasks/${task.id}/approve`, {
    digest,
    fieldOverrides: { last_name: "X" },
  });
  expect([unknown.statusCode, unknown.json().code]).toEqual([422, "UNKNOWN_FIELD"]);
  const stale = await post(`/tasks/${task.id}/approve`, { digest: "v1:other" });
  expect([stale.statusCode, stale.json().code]).toEqual([409, "STALE_REVIEW"]);
  const approval = await post(`/tasks/${task.id}/approve`, {
    digest,
    fieldOverrides: { first_name: "Augusta" },
  });
  expect(approval.statusCode).toBe(200);
  expect(approval.json().digest).not.toBe(digest);
});

test("a cancelled task ends once, its run is cancelled, and asking again changes nothing", async () => {
  const task = await api.addTask(person.id);
  await showReview(api.writer, task);
  const first = await post(`/tasks/${task.id}/cancel`);
  expect(first.statusCode).toBe(200);
  expect(first.json()).toMatchObject({
    state: "cancelled",
    outcome: "not_submitted",
    reason: "CANCELLED",
  });
  const again = await post(`/tasks/${task.id}/cancel`);
  expect(again.json()).toEqual(first.json());
  const sent = (await outboxOf(task.id)).map(({ message }) => message);
  expect(sent).toEqual([
    { kind: "start_run", epoch: 1 },
    { kind: "cancel_run", runId: runIdOf(task) },
  ]);
  const events = await listEvents(api.db, { taskId: task.id, after: 0, limit: 100 });
  expect(events.filter(({ type }) => type === "failed")).toHaveLength(1);
});

test("a task that was sent cannot be cancelled, and one that has ended has nothing to cancel", async () => {
  const task = await api.addTask(person.id);
  const { digest } = await showReview(api.writer, task);
  await post(`/tasks/${task.id}/approve`, { digest });
  await dispatch(api.writer, task);
  const sent = await post(`/tasks/${task.id}/cancel`);
  expect([sent.statusCode, sent.json().code]).toEqual([409, "ALREADY_SUBMITTED"]);
  expect((await get(`/tasks/${task.id}`)).json().finishedAt).toBeNull();

  await writeTask(api.writer, task.id, (write) =>
    endTask(write, { outcome: "unconfirmed", reason: "NO_PROOF", message: "Ended." }),
  );
  const ended = await post(`/tasks/${task.id}/cancel`);
  expect([ended.statusCode, ended.json().code]).toEqual([409, "ILLEGAL_TRANSITION"]);
});
