import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TestValet, everyCaseOr, startValet, until } from "@valet/testkit";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import { liveSessions } from "./browsers.fixture.ts";

const maxParkedBytes = 100 * 1024;
/** On a machine that is busy with other tests. */
const patienceMs = 60_000;

let valet: TestValet;
let ada: Applicant;
let sql: postgres.Sql;

beforeAll(async () => {
  valet = await startValet({ env: { VALET_HIBERNATE_AFTER_MS: "300" } });
  ada = await createApplicant(valet);
  sql = postgres(valet.databaseUrl, { max: 1 });
});
afterAll(async () => {
  await sql?.end();
  await valet?.close();
});

/** A review that was left alone until its browser was closed. */
async function parkedReview(job: string) {
  const { id } = await ada.apply(`greenhouse/acme/jobs/${job}`, { mode: "copilot" });
  const review = await ada.untilState(id, "awaiting_review");
  const look = async () => {
    const rows = await sql`select * from hibernations where task_id = ${id}`;
    return rows.length > 0 && rows;
  };
  const [row] = await until("its browser is parked", look, patienceMs);
  await until("its browser is closed", async () => (await liveSessions(valet, id)) === 0);
  return { id, review, row };
}

async function reviewsOf(taskId: string): Promise<number> {
  return (await ada.events(taskId)).filter(({ type }) => type === "field_review").length;
}

function objectFile(storageKey: string): string {
  const state = dirname(dirname(valet.process("worker-1").logFile));
  return join(state, "objects", storageKey);
}

test("a review that waits has no browser, and what was approved is sent, once, with its values", async () => {
  const { id, review, row } = await parkedReview("engineer-remembering-701");
  expect(row).toMatchObject({ digest: review.humanStep?.digest, page: 1, resumed_at: null });
  expect(row?.["byte_size"]).toBeLessThanOrEqual(maxParkedBytes);
  expect(existsSync(objectFile(row?.["storage_key"]))).toBe(true);
  const sessions = await sql`select state from browser_sessions where task_id = ${id}`;
  expect(sessions).toMatchObject([{ state: "hibernated" }]);
  expect(await ada.client.getTask(id)).toMatchObject({
    state: "awaiting_review",
    fields: review.fields,
    humanStep: { id: review.humanStep?.id },
  });

  const phone = review.fields.find(({ meaning }) => meaning === "phone");
  await ada.approve(id, { [phone?.id ?? ""]: "2025550177" });
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed", epoch: 1 });
  const submits = await valet.submits("engineer-remembering-701");
  expect(submits).toHaveLength(1);
  for (const value of ["2025550177", "ada.canaria@example.com", "ada-canaria.pdf"])
    expect(JSON.stringify(submits)).toContain(value);
  expect(await reviewsOf(id)).toBe(1);
  await until("its state is erased", async () => {
    const rows = await sql`select 1 from hibernations where task_id = ${id}`;
    return rows.length === 0 && !existsSync(objectFile(row?.["storage_key"]));
  });
});

const differences: readonly (readonly [string, string])[] = [
  ["a form that changed", "engineer-changing-702"],
  ["a site that forgot the visitor", "engineer-remembering-703"],
];

// `lost-session` has one of its kind.
test.each(everyCaseOr(differences, []))(
  "%s while its browser was parked is shown again, and nothing is sent unseen",
  async (_, job) => {
    const { id, review } = await parkedReview(job);
    // Without what was stored the remembering site is one that forgot.
    await sql`update hibernations set storage_key = 'hibernations/none' where task_id = ${id}`;
    await ada.approve(id);
    await until("another review", async () => (await reviewsOf(id)) === 2);
    expect(await valet.submits(job)).toHaveLength(0);
    const { fields } = await ada.untilState(id, "awaiting_review");
    expect(fields.length).toBe(review.fields.length + 1);
    await ada.client.cancelTask(id);
  },
);
