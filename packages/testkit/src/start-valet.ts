import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ProcessEnd, type SupervisedProcess, freePort, superviseProcess } from "@valet/stack";
import { readLogs } from "./read-logs.ts";
import {
  testChannelPrefix,
  testDatabase,
  testEngineEnv,
  testServices,
  testStateDir,
} from "./test-services.ts";

/** One line of the practice sites' ledger, as far as tests look at it. */
export interface LedgerLine {
  readonly kind: string;
  readonly site: string;
  readonly stored: boolean;
  readonly job: string;
  readonly at: string;
  /** What it carried, by the site's own names. */
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
}

export type AppName = "api" | "worker" | "session-host" | "practice-ats";

/** Valet's own processes on the run's services: its own database, namespace and channels. */
export interface TestValet {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly databaseUrl: string;
  /** Base address of the practice sites. */
  readonly practiceUrl: string;
  /** The first one. */
  readonly sessionHost: { readonly url: string; readonly token: string };
  /** All of them: `session-host`, `session-host-2`, … */
  readonly sessionHosts: readonly { readonly name: string; readonly url: string }[];
  /** Applications that arrived, optionally for one job: what every at-most-once test looks at. */
  readonly submits: (job?: string) => Promise<LedgerLine[]>;
  /** Every request the practice sites wrote down, in order. */
  readonly requests: () => Promise<LedgerLine[]>;
  /** Starts another process of an app, or one again that was killed; `env` adds to its variables. */
  readonly start: (
    app: AppName,
    options?: { readonly name?: string; readonly env?: Readonly<Record<string, string>> },
  ) => Promise<SupervisedProcess>;
  readonly process: (name: string) => SupervisedProcess;
  /** What each process has printed so far, the lines of one that was started again in one text. */
  readonly output: () => Promise<ReadonlyMap<string, string>>;
  /** Ends a process at once, as a crash would, and waits until it is gone. */
  readonly kill: (name: string) => Promise<void>;
  /** Tells a process to stop, as a deploy would, and says how it ended. */
  readonly stop: (name: string) => Promise<ProcessEnd>;
  readonly close: () => Promise<void>;
}

export interface StartValetInput {
  /** How many workers; one unless given. */
  readonly workers?: number;
  /**
   * How many session hosts, each with a port and a state folder of its own; one unless given. Workers are
   * spread over them: `worker-2` is beside `session-host-2`.
   */
  readonly sessionHosts?: number;
  /** Added to the variables of every process. */
  readonly env?: Readonly<Record<string, string>>;
  /** HATCHET_CLIENT_* in place of the run's engine. */
  readonly engineEnv?: Readonly<Record<string, string>>;
  /** An empty database, in place of one on the run's server. */
  readonly databaseUrl?: string;
}

const hardlyAny = {
  live: 1_000,
  user: { live: 1_000, perMinute: 100_000 },
  platform: { live: 1_000, perMinute: 100_000 },
  host: { live: 1_000 },
};
const root = fileURLToPath(new URL("../../..", import.meta.url));

export async function startValet({
  workers = 1,
  sessionHosts: hostCount = 1,
  env = {},
  engineEnv,
  databaseUrl,
}: StartValetInput = {}): Promise<TestValet> {
  const stateDir = testStateDir();
  // As root browsers run as a user of their own, who has to pass through to their profiles.
  await chmod(stateDir, 0o711);
  const database =
    databaseUrl === undefined
      ? await testDatabase()
      : { url: databaseUrl, drop: async () => undefined };
  const ports = { api: await freePort(), "practice-ats": await freePort() };
  const hosts = await placeHosts(stateDir, hostCount);
  const token = randomBytes(24).toString("base64url");
  const ledger = join(stateDir, "ledger.jsonl");
  const variables = variablesOf({
    stateDir,
    ports,
    token,
    ledger,
    hostsFile: join(stateDir, "practice-hosts.json"),
    databaseUrl: database.url,
    engineEnv,
  });
  const processes = new Map<string, SupervisedProcess>();

  const start: TestValet["start"] = async (app, options = {}) => {
    const name = options.name ?? app;
    const started = await superviseProcess({
      name,
      stateDir,
      command: process.execPath,
      args: [join(root, "apps", app, "src/main.ts")],
      env: {
        PATH: process.env["PATH"],
        HOME: process.env["HOME"],
        NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
        // What a test does not say is no matter of it.
        VALET_LIMITS: JSON.stringify(hardlyAny),
        ...variables[app],
        ...variablesOfPlace(hosts, { app, name }),
        ...env,
        ...options.env,
      },
      cwd: root,
      ready: { kind: "json-line" },
      // A worker that waits for its engine is ready when that has come.
      readyTimeoutMs: 120_000,
      graceMs: 5_000,
      log: () => {},
    });
    processes.set(name, started);
    return started;
  };
  const close = async () => {
    for (const running of [...processes.values()].toReversed()) await running.close();
    await database.drop();
  };

  try {
    // The others read from its file which hosts it stands for.
    await start("practice-ats");
    await Promise.all([start("api"), ...hosts.map(({ name }) => start("session-host", { name }))]);
    for (let n = 1; n <= workers; n += 1) await start("worker", { name: `worker-${n}` });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    apiUrl: `http://127.0.0.1:${ports.api}`,
    apiKey: (await readFile(join(stateDir, "api-key"), "utf8")).trim(),
    databaseUrl: database.url,
    practiceUrl: `http://127.0.0.1:${ports["practice-ats"]}`,
    sessionHost: { url: hosts[0].url, token },
    sessionHosts: hosts,
    requests: () => readLedger(ledger),
    submits: async (job) => (await readLedger(ledger)).filter((line) => isSubmit(line, job)),
    start,
    process: (name) => known(processes, name),
    output: () => readLogs(stateDir),
    kill: async (name) => {
      await signalAndWait(known(processes, name), "SIGKILL");
    },
    stop: (name) => signalAndWait(known(processes, name), "SIGTERM"),
    close,
  };
}

interface PlacedHost {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly stateDir: string;
}

/** The first one lives in the state folder that the others of this Valet share. */
async function placeHosts(stateDir: string, count: number): Promise<[PlacedHost, ...PlacedHost[]]> {
  const place = async (name: string, dir: string): Promise<PlacedHost> => {
    const port = await freePort();
    return { name, port, url: `http://127.0.0.1:${port}`, stateDir: dir };
  };
  const hosts: [PlacedHost, ...PlacedHost[]] = [await place("session-host", stateDir)];
  for (let n = 2; n <= count; n += 1) {
    const name = `session-host-${n}`;
    const dir = join(stateDir, name);
    // As root browsers run as a user of their own, who has to pass through to their profiles.
    await mkdir(dir, { mode: 0o711 });
    hosts.push(await place(name, dir));
  }
  return hosts;
}

/** What depends on which of several processes of an app it is. */
function variablesOfPlace(
  hosts: readonly [PlacedHost, ...PlacedHost[]],
  { app, name }: { readonly app: AppName; readonly name: string },
): Record<string, string> {
  if (app === "session-host") {
    const { port, stateDir } = hosts.find((host) => host.name === name) ?? hosts[0];
    return { VALET_SESSION_HOST_PORT: String(port), VALET_STATE_DIR: stateDir };
  }
  if (app !== "worker") return {};
  const number = Number(/\d+$/.exec(name)?.[0] ?? 1);
  const beside = hosts[(number - 1) % hosts.length] ?? hosts[0];
  return { VALET_SESSION_HOST_URL: beside.url };
}

interface VariablesInput {
  readonly stateDir: string;
  readonly ports: Readonly<Record<"api" | "practice-ats", number>>;
  readonly token: string;
  readonly ledger: string;
  readonly hostsFile: string;
  readonly databaseUrl: string;
  readonly engineEnv: Readonly<Record<string, string>> | undefined;
}

function variablesOf(input: VariablesInput): Record<AppName, Record<string, string>> {
  const { stateDir, ports, token } = input;
  const shared = {
    DATABASE_URL: input.databaseUrl,
    VALET_STATE_DIR: stateDir,
    VALET_ALLOW_PRIVATE: `127.0.0.1:${ports["practice-ats"]}`,
    VALET_PRACTICE_HOSTS: input.hostsFile,
  };
  const wired = {
    ...shared,
    ...testEngineEnv(),
    ...input.engineEnv,
    REDIS_URL: testServices().redisUrl,
    VALET_CHANNEL_PREFIX: testChannelPrefix(),
    VALET_STORAGE_DIR: join(stateDir, "objects"),
  };
  return {
    api: {
      ...wired,
      VALET_API_PORT: String(ports.api),
      VALET_RECONCILE_MS: "1000",
      // Tests look again and again, all as one person.
      VALET_RATE_LIMIT_PER_MINUTE: "1000000",
      VALET_SESSION_HOST_TOKEN: token,
    },
    worker: {
      ...wired,
      VALET_SESSION_HOST_TOKEN: token,
      VALET_PUBLIC_URL: `http://127.0.0.1:${ports.api}`,
    },
    "session-host": {
      ...shared,
      VALET_SESSION_HOST_TOKEN: token,
      // Idle browsers would only take from the two cores that the tests share.
      VALET_SESSION_POOL: "0",
    },
    "practice-ats": {
      PRACTICE_PORT: String(ports["practice-ats"]),
      PRACTICE_LEDGER: input.ledger,
      PRACTICE_HOSTS: input.hostsFile,
    },
  };
}

async function readLedger(path: string): Promise<LedgerLine[]> {
  const text = await readFile(path, "utf8");
  // The practice sites' own format; tests read only these members.
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as LedgerLine);
}

function isSubmit({ kind, stored, job }: LedgerLine, wanted: string | undefined): boolean {
  return kind === "application" && stored && (wanted === undefined || job === wanted);
}

async function signalAndWait(
  victim: SupervisedProcess,
  signal: NodeJS.Signals,
): Promise<ProcessEnd> {
  process.kill(victim.pid, signal);
  const end = await victim.ended;
  await victim.close();
  return end;
}

function known(processes: ReadonlyMap<string, SupervisedProcess>, name: string): SupervisedProcess {
  const found = processes.get(name);
  if (found === undefined) throw new Error(`No process "${name}" was started in this test.`);
  return found;
}
