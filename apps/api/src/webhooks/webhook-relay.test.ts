import { verifyWebhook } from "@valet/client";
import { relayNotice, writeTask } from "@valet/db";
import { until } from "@valet/testkit";
import { Webhook as Library } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { keyOf } from "../api.fixture.ts";
import { noticeText } from "../notices/notice-text.ts";
import { answer } from "./receiver.fixture.ts";
import { openWebhookFixture } from "./webhook.fixture.ts";

const canary = "Canary 4711 Street";
let on: Awaited<ReturnType<typeof openWebhookFixture>>;
beforeAll(async () => void (on = await openWebhookFixture()));
afterAll(() => on.close());
afterEach(async () => void (await on.api.db.deleteFrom("webhooks").execute()));

test("what happens is told, signed as Standard Webhooks are, and holds ids and states alone", async () => {
  const { person, task } = await on.newPerson();
  const path = on.receiver.at(answer(204));
  const { secret } = await on.addHook(person, path.url);
  await writeTask(on.api.writer, task.id, ({ append }) => {
    const field = {
      id: "street",
      label: "Street",
      kind: "text",
      meaning: "address.line1",
      required: true,
      visible: true,
      value: canary,
      source: "profile",
      confidence: 1,
    } as const;
    append({ type: "field_review", data: { digest: "d1", fields: [field] } });
  });
  on.startRelay();
  const [one] = await until("it was told", () => path.received.length === 1 && path.received);
  const { headers, body = "" } = one ?? {};
  expect(JSON.parse(body)).toMatchObject({
    type: "field_review",
    data: { type: "field_review", taskId: task.id, digest: "d1", count: 1 },
  });
  expect(body).not.toContain(canary);
  expect(body).not.toContain("street");
  const theirs = {
    "webhook-id": String(headers?.["webhook-id"]),
    "webhook-timestamp": String(headers?.["webhook-timestamp"]),
    "webhook-signature": String(headers?.["webhook-signature"]),
  };
  expect(new Library(secret).verify(body, theirs)).toMatchObject({ type: "field_review" });
  const verified = await verifyWebhook({ secret, headers: headers ?? {}, body });
  expect(verified).toMatchObject({ kind: "verified", id: headers?.["webhook-id"] });
  expect(await verifyWebhook({ secret, headers: headers ?? {}, body: `${body} ` })).toEqual({
    kind: "refused",
    why: "signature",
  });
  expect(() => new Library(secret).verify(`${body} `, theirs)).toThrow(
    "No matching signature found",
  );
});

test("only chosen events of one's own applications are told, and nobody else's", async () => {
  const [{ person, task }, other] = [await on.newPerson(), await on.newPerson()];
  const path = on.receiver.at(answer(200));
  const { id } = await on.addHook(person, path.url, ["state_change"]);
  const foreign = await on.addHook(other.person, on.receiver.at(answer(200)).url);
  await on.progress(task.id);
  await writeTask(on.api.writer, task.id, ({ append }) =>
    append({ type: "state_change", data: { from: "queued", to: "provisioning" } }),
  );
  expect((await on.deliveries(id)).map(({ type }) => type)).toEqual(["state_change"]);
  expect(await on.deliveries(foreign.id)).toEqual([]);
});

test("several relays at once tell each event once", async () => {
  const { person, task } = await on.newPerson();
  const path = on.receiver.at(answer(200));
  const { id } = await on.addHook(person, path.url);
  await on.progress(task.id, 150);
  for (let index = 0; index < 3; index += 1) on.startRelay();
  await until("all were told", async () =>
    (await on.deliveries(id)).every(({ state }) => state === "delivered"),
  );
  expect(path.received).toHaveLength(150);
  expect(new Set(path.received.map(({ headers }) => headers["webhook-id"])).size).toBe(150);
});

test("an event that is rolled back is told to nobody", async () => {
  const { person, task } = await on.newPerson();
  const { id } = await on.addHook(person, on.receiver.at(answer(200)).url);
  const failing = writeTask(on.api.writer, task.id, async (write) => {
    await write.trx
      .insertInto("taskEvents")
      .values({
        taskId: task.id,
        userId: task.userId,
        seq: 99,
        epoch: 1,
        type: "completed",
        data: "{}",
      })
      .execute();
    throw new Error("on purpose");
  });
  await expect(failing).rejects.toThrow("on purpose");
  expect(await on.deliveries(id)).toEqual([]);
});

test("a receiver that fails is tried again under the same id, later each time", async () => {
  const { person, task } = await on.newPerson();
  const path = on.receiver.at((reply, count) => answer(count < 3 ? 503 : 200)(reply));
  const { id, secret } = await on.addHook(person, path.url);
  await on.progress(task.id);
  on.startRelay();
  const pauses: number[] = [];
  for (const count of [1, 2]) {
    const [row] = await until(`try ${count}`, async () => {
      const rows = await on.deliveries(id);
      return rows[0]?.claimedUntil === null && rows[0].attempts === count && rows;
    });
    expect(row).toMatchObject({ state: "waiting", lastStatus: 503, lastError: null });
    pauses.push(Number(row?.availableAt) - Number(row?.lastAttemptAt));
    await on.makeDue(id);
  }
  await until("it was told", async () => (await on.deliveries(id))[0]?.state === "delivered");
  expect(pauses[0]).toBeGreaterThanOrEqual(5_000);
  expect(pauses[0]).toBeLessThan(7_000);
  expect(pauses[1]).toBeGreaterThanOrEqual(30_000);
  expect(new Set(path.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(new Set(path.received.map(({ body }) => body)).size).toBe(1);
  for (const { headers, body } of path.received) {
    expect((await verifyWebhook({ secret, headers, body })).kind).toBe("verified");
  }
});

test("a redirect is an answer that does not count, and is not followed", async () => {
  const { person, task } = await on.newPerson();
  const canaryPath = on.receiver.at(answer(200));
  for (const status of [301, 302, 303, 307, 308]) {
    const path = on.receiver.at(answer(status, { location: canaryPath.url }));
    await on.addHook(person, path.url);
  }
  await on.progress(task.id);
  on.startRelay();
  const rows = await until("all were tried", async () => {
    const all = await on.api.db.selectFrom("webhookDeliveries").selectAll().execute();
    return all.every(({ lastStatus }) => lastStatus !== null) && all;
  });
  expect(new Set(rows.map(({ lastStatus }) => lastStatus))).toEqual(
    new Set([301, 302, 303, 307, 308]),
  );
  expect(canaryPath.received).toEqual([]);
});

test("410 switches a webhook off at once, the person is told, and what waits is given up", async () => {
  const { person, task } = await on.newPerson();
  const path = on.receiver.at(answer(410));
  const { id } = await on.addHook(person, path.url);
  await on.progress(task.id, 6);
  await on.makeDue(id);
  on.startRelay();
  const hook = await until("it was switched off", async () => {
    const row = await on.hookOf(person, id);
    return row.disabledAt !== null && row;
  });
  expect(hook.disabledReason).toBe("gone");
  await until("nothing waits", async () =>
    (await on.deliveries(id)).every(({ state }) => state === "failed"),
  );
  expect(path.received.length).toBeLessThanOrEqual(2);
  await on.progress(task.id);
  expect(await on.deliveries(id)).toHaveLength(6);
  const texts: string[] = [];
  await on.api.db.deleteFrom("notices").where("taskId", "is not", null).execute();
  await relayNotice(on.api.db, async (notice) => {
    const { subject, body } = noticeText(notice, "https://valet.example.com");
    texts.push(`${subject}\n${body}`);
  });
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain("A webhook was switched off (127.0.0.1)");
  expect(texts[0]).not.toContain("/hook-");
  const listed = await on.api.app.inject({ url: "/webhooks", headers: keyOf(person) });
  expect(listed.json().webhooks).toMatchObject([{ enabled: false, disabledReason: "gone" }]);
});

/** As if one message had used up all its tries but the last. */
async function useUp(webhookId: string, ageHours: number): Promise<void> {
  await on.api.db.updateTable("webhookDeliveries").set({ attempts: 8 }).execute();
  await on.api.db
    .updateTable("webhooks")
    .set({ createdAt: new Date(Date.now() - ageHours * 3_600_000) })
    .where("id", "=", webhookId)
    .execute();
}

test("a webhook where nothing arrived for a day is switched off after the last try, and not before", async () => {
  const { person, task } = await on.newPerson();
  const path = on.receiver.at(answer(500));
  for (const [ageHours, isOff] of [
    [2, false],
    [25, true],
  ] as const) {
    const { id } = await on.addHook(person, path.url);
    await on.progress(task.id);
    await useUp(id, ageHours);
    const relay = on.startRelay();
    await until("it was given up", async () => (await on.deliveries(id))[0]?.state === "failed");
    await relay.close();
    const hook = await on.hookOf(person, id);
    expect([hook.exhaustedSinceSuccess, hook.disabledReason]).toEqual([
      1,
      isOff ? "failing" : null,
    ]);
    await on.api.db.deleteFrom("webhooks").execute();
  }
});

test("twenty messages given up one after the other switch a webhook off within the day, one success starts the count anew", async () => {
  const { person, task } = await on.newPerson();
  let status = 500;
  const path = on.receiver.at((reply) => answer(status)(reply));
  const { id } = await on.addHook(person, path.url);
  await on.progress(task.id, 19);
  await useUp(id, 1);
  on.startRelay();
  const allSettled = () =>
    until("all were settled", async () =>
      (await on.deliveries(id)).every(({ state }) => state !== "waiting"),
    );
  await allSettled();
  expect(await on.hookOf(person, id)).toMatchObject({
    exhaustedSinceSuccess: 19,
    disabledAt: null,
  });
  status = 200;
  await on.progress(task.id);
  await allSettled();
  expect(await on.hookOf(person, id)).toMatchObject({
    exhaustedSinceSuccess: 0,
    failedSinceSuccess: 0,
  });
  status = 500;
  await on.progress(task.id, 20);
  await on.api.db
    .updateTable("webhookDeliveries")
    .set({ attempts: 8, claimedUntil: null, availableAt: new Date() })
    .where("state", "=", "waiting")
    .execute();
  await allSettled();
  expect(await on.hookOf(person, id)).toMatchObject({ disabledReason: "failing" });
});
