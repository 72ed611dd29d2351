import postgres from "postgres";
import { type TestValet, startValet } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, canary, createApplicant } from "./applicant.fixture.ts";
import { type PointingModel, openPointingModel } from "./pointing-model.fixture.ts";

let model: PointingModel;
let valet: TestValet;
let ada: Applicant;
beforeAll(async () => {
  model = await openPointingModel();
  valet = await startValet({
    env: { ANTHROPIC_API_KEY: "sk-test", VALET_MODEL_URL: model.url, VALET_MODEL_PRICE: "1,5" },
  });
  ada = await createApplicant(valet);
});
afterAll(async () => {
  await valet?.close();
  await model?.close();
});

async function inDatabase<T>(work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(valet.databaseUrl, { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** What nobody knows yet. */
const forget = () => inDatabase((sql) => sql`delete from form_recipes`);

/** As after a change of the site: nothing is where it was. */
const drift = () =>
  inDatabase((sql) => sql`update form_recipes set recipe = '[{"do":"click","at":"#gone"}]'`);

const knownSteps = () =>
  inDatabase(
    (sql) =>
      sql<{ recipe: string; engine: string }[]>`select recipe::text, engine from form_recipes`,
  );

async function apply(job: string) {
  const { id } = await ada.apply(`plain/jobs/${job}`, { mode: "copilot" });
  const before = model.askers().length;
  await ada.untilState(id, "awaiting_review");
  const { fields, spend } = await ada.client.getTask(id);
  const { nodes } = await ada.client.getRun(id);
  const filled = nodes.filter(({ name }) => /^fill-(page|with)/u.test(name));
  return {
    id,
    spend,
    asked: model.askers().slice(before),
    shown: fields.find(({ label }) => label === "Notice period"),
    tries: filled.map(({ name }) => name),
  };
}

const page = "fill-page";

test("Stagehand points at what no rule knows, and the second application asks nobody", async () => {
  const first = await apply("engineer-odd-21");
  const second = await apply("engineer-odd-22");

  expect(first.shown).toMatchObject({ value: "1 month", source: "profile" });
  expect(first.tries).toContain("fill-with-stagehand");
  expect(first.tries).not.toContain("fill-with-magnitude");
  expect(first.asked).toContain("stagehand");
  expect(first.spend.calls).toBeGreaterThan(0);
  expect(second.shown).toMatchObject({ value: "1 month", source: "profile" });
  expect(second.tries).toEqual([page, page, page]);
  expect([second.asked, second.spend.calls]).toEqual([[], 0]);
  await ada.approve(second.id);
  expect(await ada.untilEnd(second.id)).toMatchObject({ outcome: "confirmed" });
  expect(await valet.submits("engineer-odd-22")).toMatchObject([
    { fields: { notice_period: "1 month" } },
  ]);
});

test("where a site has changed Stagehand is asked anew; where it has no answer Magnitude is, and that serves as well", async () => {
  await drift();
  model.letFail("stagehand");
  const first = await apply("engineer-odd-23");
  const second = await apply("engineer-odd-24");

  expect(first.shown).toMatchObject({ value: "1 month", source: "profile" });
  expect(first.tries).toEqual(
    expect.arrayContaining(["fill-with-stagehand", "fill-with-magnitude"]),
  );
  expect(second.asked).toEqual([]);
  expect(await knownSteps()).toMatchObject([
    { engine: "magnitude", recipe: expect.not.stringContaining("#gone") },
  ]);
});

test("where neither gets an answer the person does it", async () => {
  await forget();
  model.letFail("stagehand", "magnitude");
  const { id } = await ada.apply("plain/jobs/engineer-odd-25", { mode: "copilot" });
  const { humanStep } = await ada.untilState(id, "awaiting_human");
  const { nodes } = await ada.client.getRun(id);

  expect(humanStep).toMatchObject({ kind: "takeover", questions: [{ question: "Notice period" }] });
  expect(nodes.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["fill-with-stagehand", "fill-with-magnitude"]),
  );
});

test("what only a sentence answers comes with a draft, of which nothing is on the page", async () => {
  const { id } = await ada.apply("plain/jobs/engineer-unknown-question-26", { mode: "copilot" });
  const { humanStep } = await ada.untilState(id, "awaiting_human");

  expect(humanStep).toMatchObject({
    kind: "question",
    questions: [{ draft: "I have worked for 7 years." }],
  });
  const { fields } = await ada.client.getTask(id);
  expect(JSON.stringify(fields)).not.toContain("worked for 7 years");
});

test("no model has read anything of the person", async () => {
  // Of a résumé the model labels the very words (decision 25).
  const seen = model.requests.filter(({ system }) => !system.includes("lines of a résumé"));
  const said = seen.map(({ raw }) => raw).join("\n");

  expect(seen.length).toBeGreaterThan(4);
  expect(said).not.toContain(canary);
  expect(said).not.toMatch(/ada\.canaria|202 ?555|1 month/u);
});
