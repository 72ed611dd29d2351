import { spawn } from "node:child_process";
import { once } from "node:events";
import { until } from "@valet/testkit";
import { expect, test } from "vitest";
import { watchProcessors } from "./watch-processors.ts";

test("what a child of a named process uses counts for it", async () => {
  const burn = "const end = Date.now() + 60_000; while (Date.now() < end);";
  const script = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(burn)}]);`;
  const parent = spawn(process.execPath, ["-e", script], { detached: true });
  const watch = watchProcessors(() => [{ name: "worker-1", pid: parent.pid ?? 0 }]);
  const from = Date.now();
  const used = () => watch.between(from, Date.now()).byKind.get("workers") ?? 0;
  try {
    const ms = await until("the child has used its processor", async () => used() > 300 && used());
    expect(watch.between(from, Date.now()).machine).toBeGreaterThanOrEqual(ms * 0.9);
    expect(watch.between(from, Date.now()).byKind.get("Chromium")).toBeUndefined();
  } finally {
    watch.close();
    process.kill(-(parent.pid ?? 0), "SIGKILL");
    await once(parent, "exit");
  }
});
