import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tryLock } from "../bootstrap/exclusive-lock.mjs";
import { isRunning } from "../bootstrap/process-identity.mjs";
import { endAbandonedStates } from "./abandoned-states.ts";
import { quiet } from "./fixtures/quiet.ts";
import { tempState } from "./fixtures/temp-state.ts";
import { recordProcess } from "./process-record.ts";

test("a temporary state is cleaned up when its owner is dead, and left alone while it lives", async () => {
  const parent = tempState();
  const [dead, live, young] = ["trial-dead", "trial-live", "trial-young"].map((name) =>
    join(parent, name),
  );
  if (dead === undefined || live === undefined || young === undefined) throw new Error("no names");
  for (const dir of [dead, live, young]) mkdirSync(join(dir, "run"), { recursive: true });
  // The pid is ours, the start is not: its owner is gone and the number was given to us.
  const gone = JSON.stringify({ pid: process.pid, start: "an-earlier-boot:1" });
  writeFileSync(join(dead, "run", "stack.lock"), gone);
  const held = tryLock(join(live, "run", "stack.lock"));
  const orphan = await startOrphan(dead);
  const kept = await startOrphan(live);

  await endAbandonedStates({ parent, prefix: "trial-" }, quiet);

  expect(existsSync(dead)).toBe(false);
  expect(isRunning(orphan.record)).toBe(false);
  expect(existsSync(live)).toBe(true);
  expect(isRunning(kept.record)).toBe(true);
  expect(existsSync(young)).toBe(true);
  kept.child.kill("SIGKILL");
  await once(kept.child, "exit");
  if (held.kind === "held") held.release();
});

async function startOrphan(stateDir: string) {
  const script = "setInterval(() => {}, 60_000)";
  const child = spawn(process.execPath, ["-e", script], { detached: true, stdio: "ignore" });
  await once(child, "spawn");
  const pid = child.pid ?? 0;
  const record = recordProcess(stateDir, { name: "orphan", pid, stopSignal: "SIGTERM" });
  if (record === undefined) throw new Error("it ended at once");
  return { child, record };
}
