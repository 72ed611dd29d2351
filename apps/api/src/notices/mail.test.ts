import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { askPerson, claimTask, closeHumanStep, endTask, putProfile, writeTask } from "@valet/db";
import { secretSchema } from "@valet/runtime";
import { until } from "@valet/testkit";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { type ApiFixture, openApiFixture } from "../api.fixture.ts";
import { createMailer } from "./create-mailer.ts";
import { startNoticeRelay } from "./start-notice-relay.ts";

const link = "https://valet.example.com/tasks/1/live";
let api: ApiFixture;
beforeAll(async () => void (api = await openApiFixture()));
afterAll(() => api.close());
afterEach(async () => void (await api.db.deleteFrom("notices").execute()));

/** A mail server that keeps what it gets, and refuses the first `refusals` messages for a while. */
async function openMailServer(refusals = 0) {
  const mails: string[] = [];
  let left = refusals;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      void stream.toArray().then((chunks) => {
        left -= 1;
        if (left >= 0) return done(Object.assign(new Error("Later."), { responseCode: 451 }));
        mails.push(Buffer.concat(chunks).toString("utf8"));
        return done();
      });
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  // Listening on TCP.
  const { port } = server.server.address() as AddressInfo;
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { mails, url: `smtp://127.0.0.1:${port}` };
}

function tellBy(url: string): void {
  const smtpUrl = secretSchema.parse(url);
  const mailer = createMailer({
    smtpUrl,
    from: "Valet <valet@example.com>",
    publicUrl: "https://valet.example.com",
  });
  const relay = startNoticeRelay({ db: api.db, notifiers: [mailer], log: api.deps.log });
  onTestFinished(() => relay.close());
}

async function newTask() {
  const { id: userId } = await api.addPerson();
  const profile = { basics: { name: "Ada Canaria", email: "ada.canaria@example.com" } };
  await putProfile(api.db, userId, profile);
  const task = await api.addTask(userId);
  await writeTask(api.writer, task.id, (write) => claimTask(write, `run-${task.id}`));
  return task;
}

const ask = (taskId: string) =>
  writeTask(api.writer, taskId, (write) =>
    askPerson(write, { kind: "captcha", asks: "Please solve it.", asksAgain: "Again.", url: link }),
  );
const waiting = () => api.db.selectFrom("notices").selectAll().execute();

test("a person is mailed why they are needed, until when and where, and how it ended", async () => {
  const { mails, url } = await openMailServer();
  const task = await newTask();
  await ask(task.id);
  tellBy(url);
  await until("the first mail", () => mails.length === 1);
  const [mail = ""] = mails;
  expect(mail).toMatch(/^To: .*ada\.canaria@example\.com/mu);
  expect(mail).toContain("A captcha waits for you");
  expect(mail).toContain("Please solve it.");
  expect(mail).toContain(link);
  expect(mail).toMatch(/It waits until \d{4}-\d\d-\d\d \d\d:\d\d UTC/u);
  await writeTask(api.writer, task.id, async (write) => {
    await endTask(write, {
      outcome: "not_submitted",
      reason: "CANCELLED",
      message: "You stopped it.",
    });
  });
  await until("the second mail", () => mails.length === 2);
  expect(mails[1]).toContain("You stopped it.");
  await until("nothing waits", async () => (await waiting()).length === 0);
});

test("what is dealt with before the mail goes out is not mailed", async () => {
  const { mails, url } = await openMailServer();
  const task = await newTask();
  const { stepId } = await ask(task.id);
  await writeTask(api.writer, task.id, (write) => closeHumanStep(write, stepId, "done"));
  tellBy(url);
  await until("nothing waits", async () => (await waiting()).length === 0);
  expect(mails).toEqual([]);
});

test("a mail server that refuses is tried again, with the same message id, and its words are not logged", async () => {
  const { mails, url } = await openMailServer(1);
  const task = await newTask();
  await ask(task.id);
  const [notice] = await waiting();
  tellBy(url);
  await until("it was refused", async () => (await waiting())[0]?.attempts === 1);
  await api.db.updateTable("notices").set({ availableAt: new Date() }).execute();
  await until("it was taken", () => mails.length === 1);
  expect(mails[0]).toContain(`<${notice?.id}@valet.example.com>`);
  expect(api.logged()).toContain("a person was not told yet");
  expect(api.logged()).not.toContain("ada.canaria");
});

test("without a way to tell anybody nothing piles up", async () => {
  const task = await newTask();
  await ask(task.id);
  const relay = startNoticeRelay({ db: api.db, notifiers: [], log: api.deps.log });
  onTestFinished(() => relay.close());
  await expect.poll(waiting).toEqual([]);
});
