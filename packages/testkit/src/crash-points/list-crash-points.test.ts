import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { expect, test } from "vitest";
import { insertPoints, planCrashPoints } from "./crash-plan.ts";
import { listCrashPoints } from "./list-crash-points.ts";
import { readAwaits } from "./read-awaits.ts";

test("an await is found with its function and what it calls, seen through what stands around it", () => {
  const source = `
    export async function send(deps: Deps, { taskId }: Input, work: () => Promise<void>) {
      const known = await deps.store.put<Piece>(taskId).catch(() => undefined);
      await Promise.all([first(), deps.gate.arm()]);
      await work();
      return known ?? trx.updateTable("tasks").set({ taskId }).execute();
    }`;
  expect(readAwaits(source)).toMatchObject([
    { inFunction: "send", calls: ["store.put"], isReturned: false, clues: ["taskId"] },
    { inFunction: "send", calls: ["first", "gate.arm"], isReturned: false },
    { inFunction: "send", calls: ["updateTable(tasks)"], isReturned: true },
  ]);
});

test("every guarded file is still code with its crash points in it, and each has a name of its own", async () => {
  const points = await listCrashPoints();
  const names = points.map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining([
      "upload-resume#prepareReview:writeTask",
      "arm-intent#armIntent:updateTable(submissionIntents)",
      "send-once#pressSubmit:clickSubmit",
      "arm-intent#dispatchIntent:updateTable(submissionIntents)",
      "verify#verify:writeTask:2",
    ]),
  );
  const { files } = planCrashPoints("http://127.0.0.1:1", points);
  for (const [url, insertions] of Object.entries(files)) {
    const source = insertPoints(await readFile(new URL(url), "utf8"), insertions);
    expect(() => stripTypeScriptTypes(source), url).not.toThrow();
  }
});
