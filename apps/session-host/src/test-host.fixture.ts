import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { type EgressPolicy, type SessionHostClient, createSessionHostClient } from "@valet/browser";
import { Secret, createLogger, createMetrics } from "@valet/runtime";
import { type SessionHostDeps, createSessionHost } from "./create-session-host.ts";
import type { BrowserSettings } from "./start-warm-browser.ts";

export const token = new Secret("test-token");
export const quietLog = createLogger({ name: "session-host-test", level: "silent" });

/** The development flag lets tests run as root too. */
export const testSettings: BrowserSettings = {
  executablePath: "/usr/lib/chromium/chromium",
  allowNoSandbox: true,
};

/** Reaches this machine and nothing else. */
export const testEgress: EgressPolicy = {
  allowPrivate: new Set(["localhost:1"]),
  lookUpHost: () => Promise.resolve([]),
  isPrivateAddress: () => true,
};

export interface TestHost {
  readonly url: string;
  readonly client: SessionHostClient;
  readonly stateDir: string;
  close(): Promise<void>;
}

/** A session host in this process on this database, with a state folder of its own and no pool. */
export async function startTestHost(
  change: Pick<SessionHostDeps, "database"> & Partial<SessionHostDeps>,
): Promise<TestHost> {
  const stateDir = change.stateDir ?? (await createStateDir());
  const host = await createSessionHost({
    log: quietLog,
    metrics: createMetrics(),
    token,
    listen: { address: "127.0.0.1", port: 0 },
    maxSessions: 6,
    memoryBytes: 4_000 * megabyte,
    maxBytesEach: 1_000 * megabyte,
    pool: { size: 0, maxAgeMs: 600_000 },
    settings: testSettings,
    live: {
      limits: { idleMs: 600_000, limitMs: 3_600_000, absentMs: 60_000 },
      allowsClipboard: false,
    },
    egress: testEgress,
    ...change,
    stateDir,
  });
  return {
    url: host.url,
    client: createSessionHostClient({ url: host.url, token }),
    stateDir,
    async close() {
      await host.close();
      await rm(stateDir, { recursive: true });
    },
  };
}

export const megabyte = 1024 * 1024;

/** Others may pass through it, as through a real one. */
export async function createStateDir(): Promise<string> {
  const stateDir = await mkdtemp(path.join(tmpdir(), "valet-session-host-"));
  await chmod(stateDir, 0o711);
  return stateDir;
}

export interface TestProcess {
  readonly child: ChildProcess;
  /** The next line on its standard output. */
  line(): Promise<string>;
  /** Ends it, unless it has ended, and waits. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** What it has written to standard error so far. */
  complaints(): string;
}

/** Runs a file beside this one with the Node that runs the tests. */
export function runFile(
  file: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): TestProcess {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, file), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { HOME: homedir(), ...env },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, "exit");
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return {
    child,
    complaints: () => errors,
    async line() {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${file} ended without a word: ${errors}`);
      return value;
    },
    async end(signal) {
      child.kill(signal);
      await exited;
      return { code: child.exitCode, signal: child.signalCode };
    },
  };
}

/** Running processes whose command line names `text`. */
export function processesNaming(text: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((name) => readProc(name, "cmdline").includes(text))
    .map(Number);
}

/** Empty for a process that has ended, even when nobody has collected it yet. */
export function readProc(pid: string | number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

export interface TestSite {
  readonly url: string;
  /** POSTs that have arrived. */
  posts(): number;
  /** Lets a POST that waits be answered. */
  answer(): void;
  close(): Promise<void>;
}

const form = `<!doctype html><title>Form</title>
<form onsubmit="event.preventDefault(); fetch('/apply', { method: 'POST' })">
  <label>Name <input name="name"></label><button>Send</button></form>`;

/** A form that stays while its POST waits; the POST is answered 201 when the test says so. */
export async function startTestSite(): Promise<TestSite> {
  let posts = 0;
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader("content-type", "text/html");
    if (request.method !== "POST") {
      response.end(form);
      return;
    }
    posts += 1;
    void mayAnswer.then(() => response.writeHead(201).end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    posts: () => posts,
    answer,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
