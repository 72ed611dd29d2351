import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { openLedger, type LedgerLine } from "./ledger.ts";

const line: LedgerLine = {
  kind: "application",
  stored: true,
  site: "plain",
  job: "engineer",
  requestId: "r-0",
  fields: { first_name: "Ada" },
};

async function temporaryPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "practice-ledger-"));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  return join(folder, "a", "ledger.jsonl");
}

test("twenty appends at once become twenty whole lines in the order of the calls", async () => {
  const ledger = await openLedger(await temporaryPath());
  onTestFinished(async () => await ledger.close());
  const ids = Array.from({ length: 20 }, (_, index) => `r-${index}`);
  await Promise.all(
    ids.map(async (requestId, index) => {
      // A long line takes several writes, so a short one could come in between.
      const fields = { cover_letter: "x".repeat(index % 2 === 0 ? 1_500_000 : 1) };
      await ledger.append({ ...line, requestId, fields });
    }),
  );
  const entries = await ledger.entries();
  expect(entries.map(({ requestId }) => requestId)).toEqual(ids);
});

test("a line can be read from the file as soon as its append has resolved", async () => {
  const ledger = await openLedger(await temporaryPath());
  onTestFinished(async () => await ledger.close());
  await ledger.append(line);
  expect(JSON.parse(readFileSync(ledger.path, "utf8"))).toMatchObject(line);
});

test("the lines of an earlier run are kept", async () => {
  const path = await temporaryPath();
  const first = await openLedger(path);
  await first.append(line);
  await first.close();
  const second = await openLedger(path);
  await second.append({ ...line, requestId: "r-1" });
  await second.close();
  expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(2);
});

test("an append that does not reach the disk fails, and so does the next one on its own account", async () => {
  const ledger = await openLedger("/dev/full");
  onTestFinished(async () => await ledger.close());
  await expect(ledger.append(line)).rejects.toThrow("ENOSPC");
  await expect(ledger.append(line)).rejects.toThrow("ENOSPC");
});

test("a line that was written but not synced does not count", async () => {
  // A write to this device succeeds; it cannot be synced.
  const ledger = await openLedger("/dev/null");
  onTestFinished(async () => await ledger.close());
  await expect(ledger.append(line)).rejects.toThrow("fsync");
});
