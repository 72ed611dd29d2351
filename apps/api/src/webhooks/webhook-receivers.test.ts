import { randomUUID } from "node:crypto";
import { verifyWebhook } from "@valet/client";
import { until } from "@valet/testkit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keyOf } from "../api.fixture.ts";
import { answer } from "./receiver.fixture.ts";
import { openWebhookFixture } from "./webhook.fixture.ts";

let on: Awaited<ReturnType<typeof openWebhookFixture>>;
beforeAll(async () => void (on = await openWebhookFixture()));
afterAll(() => on.close());
afterEach(async () => void (await on.api.db.deleteFrom("webhooks").execute()));

test("receivers that say nothing hold up nobody else, and no connection to the database", async () => {
  const slow = on.receiver.at(() => undefined);
  const prompt = on.receiver.at(answer(200));
  const others = await Promise.all(Array.from({ length: 8 }, () => on.newPerson()));
  for (const { person, task } of others) {
    await on.addHook(person, slow.url);
    await on.progress(task.id, 20);
  }
  on.startRelay();
  // The pool has ten connections: with one a message under way nothing else would be told.
  await until("the slow ones are busy", () => slow.received.length === 16);
  const { person, task } = await on.newPerson();
  const { id } = await on.addHook(person, prompt.url);
  const started = performance.now();
  await on.progress(task.id, 20);
  await until("the prompt one was told", async () =>
    (await on.deliveries(id)).every(({ state }) => state === "delivered"),
  );
  expect(performance.now() - started).toBeLessThan(8_000);
  // Two a webhook, whatever waits.
  expect(slow.received).toHaveLength(16);
});

test("an endless answer is read a little and cut", async () => {
  const { person, task } = await on.newPerson();
  let sent = 0;
  const path = on.receiver.at((reply) => {
    reply.writeHead(200);
    const chunk = Buffer.alloc(64 * 1024);
    const write = () => {
      while (!reply.destroyed && reply.write(chunk)) sent += chunk.length;
      if (!reply.destroyed) reply.once("drain", write);
    };
    write();
  });
  const { id } = await on.addHook(person, path.url);
  await on.progress(task.id);
  on.startRelay();
  await until("it counts", async () => (await on.deliveries(id))[0]?.state === "delivered");
  expect(sent).toBeLessThan(16 * 1024 * 1024);
});

test("what a dead process had taken is tried by another once its lease is over, and not before", async () => {
  const { person, task } = await on.newPerson();
  const path = on.receiver.at(answer(200));
  const { id } = await on.addHook(person, path.url);
  await on.progress(task.id);
  const lease = (claimedUntil: Date) =>
    on.api.db
      .updateTable("webhookDeliveries")
      .set({ claimedUntil, attempts: 1 })
      .where("webhookId", "=", id)
      .execute();
  await lease(new Date(Date.now() + 30_000));
  const bystander = await on.addHook(person, path.url);
  await on.progress(task.id);
  on.startRelay();
  await until("the others were told", async () =>
    (await on.deliveries(bystander.id)).every(({ state }) => state === "delivered"),
  );
  expect((await on.deliveries(id))[0]).toMatchObject({ state: "waiting", attempts: 1 });
  await lease(new Date(Date.now() - 1));
  await until("it was told", async () => (await on.deliveries(id))[0]?.state === "delivered");
  expect((await on.deliveries(id))[0]?.attempts).toBe(2);
});

test("without the lease two processes would tell the same", async () => {
  const { person, task } = await on.newPerson();
  const path = on.receiver.at(() => undefined);
  const { id } = await on.addHook(person, path.url);
  await on.progress(task.id);
  on.startRelay();
  await until("one is at it", () => path.received.length === 1);
  await on.api.db
    .updateTable("webhookDeliveries")
    .set({ claimedUntil: null })
    .where("webhookId", "=", id)
    .execute();
  await until("the other is as well", () => path.received.length === 2);
  expect(new Set(path.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});

test("a relay that stops gives back what it is sending", async () => {
  const { person, task } = await on.newPerson();
  const path = on.receiver.at(() => undefined);
  const { id } = await on.addHook(person, path.url);
  await on.progress(task.id);
  const relay = on.startRelay();
  await until("it is at it", () => path.received.length === 1);
  await relay.close();
  expect((await on.deliveries(id))[0]).toMatchObject({
    state: "waiting",
    attempts: 0,
    claimedUntil: null,
  });
});

test("after a change of the secret both sign for a day, and then the new one alone", async () => {
  const { person, task } = await on.newPerson();
  const path = on.receiver.at(answer(200));
  const { id, secret: before } = await on.addHook(person, path.url);
  const rotated = await on.api.app.inject({
    method: "POST",
    url: `/webhooks/${id}/rotate-secret`,
    headers: keyOf(person),
  });
  const { secret } = rotated.json<{ secret: string }>();
  on.startRelay();
  const tellOne = async (count: number) => {
    await on.progress(task.id);
    await until("it was told", () => path.received.length === count);
    const { headers = {}, body = "" } = path.received.at(-1) ?? {};
    return Promise.all(
      [secret, before].map(
        async (one) => (await verifyWebhook({ secret: one, headers, body })).kind,
      ),
    );
  };
  expect(await tellOne(1)).toEqual(["verified", "verified"]);
  await on.api.db
    .updateTable("webhooks")
    .set({ previousSecretUntil: new Date(Date.now() - 1) })
    .execute();
  expect(await tellOne(2)).toEqual(["verified", "refused"]);
});

test("an address that has come to lead inside is refused when it is used", async () => {
  const { person, task } = await on.newPerson();
  const { id } = await on.addHook(person, on.receiver.at(answer(200)).url);
  await on.api.db
    .updateTable("webhooks")
    .set({ url: `https://${randomUUID()}.inside.test/` })
    .execute();
  await on.progress(task.id);
  on.startRelay();
  const [row] = await until("it was tried", async () => {
    const rows = await on.deliveries(id);
    return rows[0]?.lastError !== null && rows;
  });
  expect(row).toMatchObject({ state: "waiting", lastStatus: null, lastError: "REFUSED" });
  expect(on.api.logged()).not.toContain(".inside.test");
});
