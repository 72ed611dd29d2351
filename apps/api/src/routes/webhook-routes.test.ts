import { Problem } from "@valet/contracts";
import { type NewUser, writeTask } from "@valet/db";
import { createValetClient } from "@valet/client";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ApiFixture, keyOf, openApiFixture } from "../api.fixture.ts";

let api: ApiFixture;
let person: NewUser;
beforeAll(async () => void (api = await openApiFixture()));
afterAll(() => api.close());
beforeEach(async () => void (person = await api.addPerson()));

const url = "https://hooks.example.test/valet?token=canary-token";

function clientOf({ apiKey }: NewUser) {
  return createValetClient({
    url: "http://api.test",
    apiKey,
    async fetch(input, init) {
      const { pathname, search } = new URL(input instanceof Request ? input.url : input);
      const answered = await api.app.inject({
        method:
          init?.method === "PUT"
            ? "PUT"
            : init?.method === "POST"
              ? "POST"
              : init?.method === "DELETE"
                ? "DELETE"
                : "GET",
        url: `${pathname}${search}`,
        headers: Object.fromEntries(new Headers(init?.headers)),
        ...(typeof init?.body === "string" ? { payload: init.body } : {}),
      });
      return new Response(answered.body, { status: answered.statusCode });
    },
  });
}

test("a webhook's secret is shown when it is made or changed, and never again", async () => {
  const client = clientOf(person);
  const made = await client.createWebhook({ url, events: ["completed", "failed"] });
  expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const listed = await api.app.inject({ url: "/webhooks", headers: keyOf(person) });
  expect(listed.body).not.toContain("whsec_");
  expect(listed.json().webhooks).toMatchObject([
    { id: made.id, url, events: ["completed", "failed"], enabled: true, disabledReason: null },
  ]);
  const rotated = await client.rotateWebhookSecret(made.id);
  expect(rotated.secret).not.toBe(made.secret);
  expect(await client.deleteWebhook(made.id)).toEqual({ deleted: true });
  expect(await client.listWebhooks()).toEqual([]);
  expect(api.logged()).not.toContain("canary-token");
  expect(api.logged()).not.toContain("whsec_");
});

test("a webhook is switched off and on by its person, and what waited then does not come late", async () => {
  const client = clientOf(person);
  const task = await api.addTask(person.id);
  const { id } = await client.createWebhook({ url });
  const tell = () =>
    writeTask(api.writer, task.id, ({ append }) =>
      append({ type: "progress", data: { step: "fill-fields", pct: 1, message: "Filling." } }),
    );
  await tell();
  expect(await client.updateWebhook(id, { url, enabled: false })).toMatchObject({
    enabled: false,
    disabledReason: "by_person",
  });
  await tell();
  const { deliveries } = await client.listWebhookDeliveries(id);
  expect(deliveries).toMatchObject([{ state: "failed", lastError: "WEBHOOK_DISABLED" }]);
  const [given] = deliveries;
  const replay = () => client.replayWebhookDelivery(id, given?.id ?? "");
  await expect(replay()).rejects.toMatchObject({ code: "WEBHOOK_DISABLED" });
  expect(await client.updateWebhook(id, { url })).toMatchObject({ enabled: true });
  expect(await replay()).toMatchObject({ id: given?.id, state: "waiting", attempts: 0 });
  expect(await client.testWebhook(id)).toMatchObject({ type: "ping", taskId: null });
});

test("deliveries come in pages, newest first, and by state", async () => {
  const client = clientOf(person);
  const task = await api.addTask(person.id);
  const { id } = await client.createWebhook({ url });
  for (let pct = 0; pct < 5; pct += 1) {
    await writeTask(api.writer, task.id, ({ append }) =>
      append({ type: "progress", data: { step: "fill-fields", pct, message: "Filling." } }),
    );
  }
  const first = await client.listWebhookDeliveries(id, { limit: 3 });
  expect(first.deliveries).toHaveLength(3);
  const cursor = first.nextCursor ?? "";
  const second = await client.listWebhookDeliveries(id, { limit: 3, cursor });
  expect(second.nextCursor).toBeNull();
  const seqs = [...first.deliveries, ...second.deliveries].map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.toSorted((a, b) => Number(b) - Number(a)));
  expect(new Set(seqs).size).toBe(5);
  expect((await client.listWebhookDeliveries(id, { state: "delivered" })).deliveries).toEqual([]);
});

test("somebody else's webhook is as unknown as one that never was", async () => {
  const { id } = await clientOf(person).createWebhook({ url });
  const task = await api.addTask(person.id);
  await writeTask(api.writer, task.id, ({ append }) =>
    append({ type: "progress", data: { step: "fill-fields", pct: 1, message: "Filling." } }),
  );
  const { deliveries } = await clientOf(person).listWebhookDeliveries(id);
  const deliveryId = deliveries[0]?.id ?? "";
  const other = await api.addPerson();
  const requests = (which: string) =>
    [
      { method: "PUT", url: `/webhooks/${which}`, payload: { url } },
      { method: "DELETE", url: `/webhooks/${which}` },
      { method: "POST", url: `/webhooks/${which}/rotate-secret` },
      { method: "POST", url: `/webhooks/${which}/test` },
      { method: "GET", url: `/webhooks/${which}/deliveries` },
      { method: "POST", url: `/webhooks/${which}/deliveries/${deliveryId}/replay` },
    ] as const;
  for (const [index, foreign] of requests(id).entries()) {
    const unknown = requests(crypto.randomUUID())[index] ?? foreign;
    const [one, two] = [
      await api.app.inject({ ...foreign, headers: keyOf(other) }),
      await api.app.inject({ ...unknown, headers: keyOf(other) }),
    ];
    expect([foreign.method, one.statusCode, one.body]).toEqual([foreign.method, 404, two.body]);
  }
  expect(await clientOf(person).listWebhooks()).toHaveLength(1);
});

test("an address that may not be told is refused with what to do, and nothing of it is repeated", async () => {
  const refusals = {
    "https://canary.inside.test/": "private",
    "https://canary.unknown/": "unknown_host",
    "http://canary.example.test/": "not_https",
    "https://ada:canary@example.test/": "credentials",
    "https://canary.example.test:6379/": "port",
    canary: "not_an_address",
  };
  for (const [bad, reason] of Object.entries(refusals)) {
    const answered = await api.app.inject({
      method: "POST",
      url: "/webhooks",
      headers: keyOf(person),
      payload: { url: bad },
    });
    const { code, details } = Problem.parse(answered.json());
    expect([bad, answered.statusCode, code, details]).toEqual([
      bad,
      422,
      "WEBHOOK_URL_REFUSED",
      { reason },
    ]);
    expect(answered.body).not.toContain("canary");
  }
  const odd = { method: "POST", url: "/webhooks", headers: keyOf(person) } as const;
  for (const events of [[], ["nothing"]]) {
    const answered = await api.app.inject({ ...odd, payload: { url, events } });
    expect(answered.json().code).toBe("VALIDATION");
  }
});
