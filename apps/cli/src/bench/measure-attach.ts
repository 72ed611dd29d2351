import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserAttachment, attachToBrowser } from "@valet/browser";
import { isRoot } from "@valet/stack";
import { settledPool } from "./measure-pool.ts";
import type { BenchHost } from "./start-bench-host.ts";
import { until } from "./until.ts";

/**
 * A session that changes hands `count` times: each time another client asks the host for it, with a
 * fence from Postgres, connects, and has the page. In milliseconds.
 */
export async function measureAttach(
  { host, newTask }: BenchHost,
  count: number,
  signal: AbortSignal,
): Promise<number[]> {
  const { taskId, userId, url } = await newTask();
  const { sessionId } = await host.createSession({ taskId, userId, url }, signal);
  // The browser that takes this one's place in the pool starts meanwhile, with a core of its own.
  await settledPool(host, signal);
  const samples: number[] = [];
  let holder: BrowserAttachment | undefined;
  try {
    for (let n = 0; n < count; n += 1) {
      const startedAt = performance.now();
      const owner = `bench-${n}`;
      const grant = await host.attachSession(sessionId, { owner, taskId, userId }, signal);
      const attached = await attachToBrowser(grant.relayUrl, signal);
      samples.push(performance.now() - startedAt);
      await holder?.close();
      holder = attached;
    }
  } finally {
    await holder?.close().catch(() => undefined);
    await host.closeSession(sessionId, signal);
  }
  return samples;
}

/** The same through a plain debugging port, without host, relay or fence: what it is compared with. */
export async function measurePlainAttach(
  chromium: string,
  count: number,
  signal: AbortSignal,
): Promise<number[]> {
  const profile = await mkdtemp(join(tmpdir(), "valet-bench-plain-"));
  const args = [
    "--headless",
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
    "--no-first-run",
    // It opens an empty page and nothing else.
    ...(isRoot() ? ["--no-sandbox"] : []),
    "about:blank",
  ];
  const child = spawn(chromium, args, { stdio: "ignore" });
  const ended = once(child, "exit");
  try {
    const address = await plainAddress(profile, signal);
    const samples: number[] = [];
    for (let n = 0; n < count; n += 1) {
      const startedAt = performance.now();
      const attached = await attachToBrowser(address, signal);
      samples.push(performance.now() - startedAt);
      await attached.close();
    }
    return samples;
  } finally {
    child.kill("SIGKILL");
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function plainAddress(profile: string, signal: AbortSignal): Promise<string> {
  const readAddress = async () => {
    const text = await readFile(join(profile, "DevToolsActivePort"), "utf8").catch(() => "");
    const [port, path] = text.split("\n");
    return port && path ? `http://127.0.0.1:${port}${path}` : undefined;
  };
  const patience = { signal, limitMs: 30_000, lookEveryMs: 20 };
  return until("Chromium opens its debugging port", readAddress, patience);
}
