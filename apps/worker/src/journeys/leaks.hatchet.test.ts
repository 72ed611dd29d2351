import { readFile } from "node:fs/promises";
import { HatchetClient } from "@hatchet-dev/typescript-sdk";
import {
  type TestValet,
  startValet,
  testChannelPrefix,
  testEngineEnv,
  testServices,
} from "@valet/testkit";
import { Redis } from "ioredis";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Applicant, canary, createApplicant } from "./applicant.fixture.ts";

/** Two facts of the applicant and the correction that the approval brings. */
const correction = "2025550188";
const secrets = [canary.toLowerCase(), "202 555 0143", correction];
const maxOutputBytes = 16 * 1024;

let valet: TestValet;
let ada: Applicant;
let redis: Redis;
const messages: string[] = [];

beforeAll(async () => {
  valet = await startValet();
  ada = await createApplicant(valet);
  redis = new Redis(testServices().redisUrl);
  redis.on("pmessage", (_pattern, _channel, text) => void messages.push(text));
  await redis.psubscribe(`${testChannelPrefix()}*`);
});
afterAll(async () => {
  redis?.disconnect();
  await valet?.close();
});

function leaksIn(text: string): string[] {
  const lower = text.toLowerCase();
  return secrets.filter((secret) => lower.includes(secret));
}

test("what a form is filled with stays in Valet's database: not on Redis, the engine or in a log", async () => {
  const { id } = await ada.apply("greenhouse/acme/jobs/engineer-501", { mode: "copilot" });
  const review = await ada.untilState(id, "awaiting_review");
  const phone = review.fields.find(({ meaning }) => meaning === "phone");
  await ada.approve(id, { [phone?.id ?? ""]: correction });
  expect(await ada.untilEnd(id)).toMatchObject({ outcome: "confirmed" });
  // The search can find: in the one place where they belong, all of them are.
  expect(leaksIn(JSON.stringify(await ada.events(id)))).toContain(canary.toLowerCase());
  expect(JSON.stringify(await valet.submits("engineer-501"))).toContain(correction);

  const types = messages.map((text) => (JSON.parse(text) as { type: string }).type);
  expect(types).toEqual(expect.arrayContaining(["state_change", "field_review", "completed"]));
  expect(messages.flatMap(leaksIn)).toEqual([]);
  const nested = messages.filter((text) =>
    Object.values(JSON.parse(text) as object).some((value) => typeof value === "object"),
  );
  expect(nested, "messages are flat").toEqual([]);

  for (const name of ["api", "worker-1", "session-host"]) {
    expect(leaksIn(await readFile(valet.process(name).logFile, "utf8")), name).toEqual([]);
  }
  expect(await tablesWith(canary)).toEqual([]);
  expect(await tablesWith(correction)).toEqual([]);
  expect(await tablesWith(id)).not.toEqual([]);
});

test("the run has exactly its input, and steps answer with little", async () => {
  const hatchet = HatchetClient.init({
    token: testEngineEnv()["HATCHET_CLIENT_TOKEN"] ?? "",
    tls_config: { tls_strategy: "none" },
    log_level: "OFF",
  });
  const { id } = await ada.apply("plain/jobs/engineer-502");
  await ada.untilEnd(id);
  const { runId } = await ada.client.getRun(id);
  const { run, tasks } = await hatchet.runs.get(runId ?? "");
  expect(run.input).toEqual({
    taskId: id,
    userId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    jobUrl: `${valet.practiceUrl}/plain/jobs/engineer-502`,
    resumeId: ada.resumeId,
    mode: "autopilot",
    platform: "generic",
  });
  expect(run.additionalMetadata).toMatchObject({
    taskId: id,
    platform: "generic",
    mode: "autopilot",
  });
  const sizes = tasks.map(({ output }) => JSON.stringify(output ?? {}).length);
  expect(sizes.length).toBeGreaterThanOrEqual(7);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(maxOutputBytes);
});

/** Names of the engine's tables that hold the text anywhere, also as bytes. */
async function tablesWith(text: string): Promise<string[]> {
  const url = new URL(testServices().postgresUrl);
  url.pathname = "/hatchet";
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    const tables = await sql<{ name: string }[]>`
      select quote_ident(table_name) as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`;
    const hex = Buffer.from(text).toString("hex");
    const found: string[] = [];
    for (const { name } of tables) {
      const [row] = await sql.unsafe<{ found: boolean }[]>(
        `select exists (select 1 from ${name} t where t::text ilike $1 or t::text ilike $2) as found`,
        [`%${text}%`, `%${hex}%`],
      );
      if (row?.found === true) found.push(name);
    }
    return found;
  } finally {
    await sql.end();
  }
}
