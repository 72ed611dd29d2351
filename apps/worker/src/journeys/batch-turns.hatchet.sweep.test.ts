import { until } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ManyApplications, limitMs, startMany } from "./many-applications.fixture.ts";

const big = 200;
const small = 20;
const live = 2;

let many: ManyApplications;

beforeAll(async () => {
  many = await startMany({ workers: 2, others: ["grace", "edith"], limits: { live } });
});
afterAll(() => many?.close());

interface Started {
  readonly name: string;
  readonly batch_id: string | null;
  readonly created_at: Date;
  readonly admitted_at: Date;
  readonly opened_at: Date | null;
  readonly finished_at: Date | null;
}

test(
  `beside batches of ${big} and ${small} a single application starts within two task-times, and both get their turns`,
  async () => {
    const { ada, others, sql } = many;
    const [grace = ada, edith = ada] = others;
    const batchOf = async (who: typeof ada, count: number, from: number) => {
      const jobUrls = Array.from({ length: count }, (_, n) =>
        many.addressOf(`engineer-${from + n}`),
      );
      const { resumeId } = who;
      return who.client.createBatch({ jobUrls, resumeId, mode: "autopilot", start: "now" });
    };
    const first = await batchOf(ada, big, 50_000);
    const second = await batchOf(grace, small, 51_000);
    const half = async () => {
      const [row] = await sql<{ count: number }[]>`
        select count(*)::integer as count from tasks
        where batch_id = ${second.id} and finished_at is not null`;
      return (row?.count ?? 0) >= small / 2;
    };
    await until("half of the small batch has ended", half, limitMs);
    const single = await edith.apply("plain/jobs/engineer-52000");
    expect(await edith.untilEnd(single.id, limitMs)).toMatchObject({ outcome: "confirmed" });
    const isDone = async () => (await grace.client.getBatch(second.id)).state === "done";
    await until("the small batch is done", isDone, limitMs);
    await ada.client.cancelBatch(first.id);

    const rows = await sql<Started[]>`
      select id as name, batch_id, created_at, admitted_at, opened_at, finished_at from tasks
      where admitted_at is not null order by admitted_at, created_at`;
    const ofSmall = rows.filter(({ batch_id }) => batch_id === second.id);
    const from = Number(ofSmall[0]?.admitted_at);
    const to = Number(ofSmall.at(-1)?.admitted_at);
    const during = rows.filter(
      ({ batch_id, admitted_at }) =>
        batch_id === first.id && Number(admitted_at) >= from && Number(admitted_at) <= to,
    );
    const taskTimes = ofSmall
      .map(({ admitted_at, finished_at }) => Number(finished_at) - Number(admitted_at))
      .toSorted((one, next) => one - next);
    const taskMs = taskTimes[Math.floor(taskTimes.length / 2)] ?? 0;
    const mine = rows.find(({ name }) => name === single.id);
    const waitedMs = Number(mine?.admitted_at) - Number(mine?.created_at);
    const openedMs = Number(mine?.opened_at) - Number(mine?.created_at);
    process.stderr.write(
      `turns: while ${small} of the small batch started, ${during.length} of the big one did; a task takes ${taskMs} ms, the single one was admitted after ${waitedMs} ms and open after ${openedMs} ms\n`,
    );
    expect(openedMs).toBeLessThanOrEqual(2 * taskMs);
    expect(Math.abs(during.length - small)).toBeLessThanOrEqual(small / 10);
  },
  limitMs + 60_000,
);
