import { join } from "node:path";
import { ValetError } from "@valet/contracts";
import { engineBinDir, ensureEngine, hasEngineBinaries, hasGo } from "../bootstrap/engine.mjs";
import { tryLock } from "../bootstrap/exclusive-lock.mjs";
import { type EngineKind, chooseEngine, isSet } from "./choose-engine.ts";
import { endStaleProcesses } from "./end-process.ts";
import { type ProcessRecord, readRecords } from "./process-record.ts";
import type { Env, StackLog } from "./stack-log.ts";
import { startEngine } from "./start-engine.ts";
import { type RunningPostgres, databaseNames, startPostgres } from "./start-postgres.ts";
import { startRedis } from "./start-redis.ts";
import { startSidecar } from "./start-sidecar.ts";
import { prepareStateDir, statePaths } from "./state-files.ts";

export interface StartStackInput {
  readonly stateDir: string;
  readonly cacheDir: string;
  /** The caller's variables: DATABASE_URL, REDIS_URL and HATCHET_CLIENT_* name servers of theirs. */
  readonly env: Env;
  /** Gives up safety against a power cut for speed: for tests only. */
  readonly fast?: boolean;
  readonly log: StackLog;
}

export interface Stack {
  readonly stateDir: string;
  /** Valet's database. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly engine: StackEngine;
  /** DATABASE_URL, REDIS_URL and HATCHET_CLIENT_*, for the processes that stand on this stack. */
  readonly env: Readonly<Record<string, string>>;
  /** Our own server; undefined when none was needed. */
  readonly postgres: RunningPostgres | undefined;
  /** Milliseconds each part took to be ready. */
  readonly timings: Readonly<Record<string, number>>;
  /** Everything that was started on this state and has not been closed, ours or the caller's. */
  readonly processes: () => ProcessRecord[];
  /** Stops everything in reverse order and frees the state; later calls wait for the same end. */
  readonly close: () => Promise<void>;
}

export interface StackEngine {
  readonly kind: EngineKind;
  /** HATCHET_CLIENT_* for clients of this engine. */
  readonly env: Readonly<Record<string, string>>;
  /** What the engine says; undefined for an external one, which `inspectEngine` asks. */
  readonly version: string | undefined;
}

type Closers = (() => Promise<void> | void)[];

/**
 * Starts what Valet stands on and is not given by a variable: Postgres, then the engine on its own
 * database; Redis beside them. Ends what a crashed run left on this state first.
 *
 * @throws `STACK_ALREADY_RUNNING` naming the process that holds the state, `REDIS_MISSING`,
 * `ENGINE_BUILD_FAILED`, `STACK_START_FAILED`; then nothing of it is left running.
 */
export async function startStack(input: StartStackInput, signal?: AbortSignal): Promise<Stack> {
  const closers: Closers = [];
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeAll(closers));
  try {
    await prepareStateDir(input.stateDir);
    closers.push(lockState(input.stateDir));
    await endStaleProcesses(input.stateDir, input.log);
    return { ...(await startParts(input, closers, signal)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function lockState(stateDir: string): () => void {
  const attempt = tryLock(join(statePaths(stateDir).run, "stack.lock"));
  if (attempt.kind === "held") return attempt.release;
  throw new ValetError(
    "STACK_ALREADY_RUNNING",
    `Valet already runs on ${stateDir}, as process ${attempt.pid}. Stop it (\`kill ${attempt.pid}\`), or choose another VALET_STATE_DIR.`,
    { pid: attempt.pid, stateDir },
  );
}

async function startParts(
  input: StartStackInput,
  closers: Closers,
  signal?: AbortSignal,
): Promise<Omit<Stack, "close">> {
  const { stateDir, env, log } = input;
  const timings: Record<string, number> = {};
  const failed = new AbortController();
  const stop = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  const start: StartPart = async (name, begin) => {
    const startedAt = performance.now();
    const part = await begin(stop);
    timings[name] = Math.round(performance.now() - startedAt);
    closers.push(part.close);
    return part;
  };
  const given = env["REDIS_URL"];
  const redis = isSet(given)
    ? Promise.resolve({ url: given })
    : start("redis", (stop) => startRedis({ stateDir, searchPath: env["PATH"], log }, stop));
  const core = startCore(input, start);
  const [{ url: redisUrl }, { postgres, databaseUrl, engine }] = await bothOrNeither(
    redis,
    core,
    failed,
  );
  return {
    stateDir,
    databaseUrl,
    redisUrl,
    engine,
    postgres,
    timings,
    env: { ...engine.env, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl },
    processes: () => readRecords(stateDir),
  };
}

type StartPart = <Part extends { readonly close: () => Promise<void> }>(
  name: string,
  begin: (signal: AbortSignal) => Promise<Part>,
) => Promise<Part>;

type Core = Pick<Stack, "databaseUrl" | "engine" | "postgres">;

async function startCore(input: StartStackInput, start: StartPart): Promise<Core> {
  const { env, cacheDir } = input;
  const binDir = engineBinDir(cacheDir);
  const kind = chooseEngine({
    env,
    binariesPresent: hasEngineBinaries(binDir),
    hasGo: await hasGo({ ...env }),
  });
  const given = env["DATABASE_URL"];
  if (kind === "external" && isSet(given)) {
    return { postgres: undefined, databaseUrl: given, engine: externalEngine(env) };
  }
  if (kind === "built") await buildEngine(input);
  const postgres = await start("postgres", (signal) => startPostgres(input, signal));
  const databaseUrl = isSet(given) ? given : postgres.url(databaseNames.valet);
  if (kind === "external") return { postgres, databaseUrl, engine: externalEngine(env) };
  const own = { ...input, binDir, databaseUrl: postgres.url(databaseNames.hatchet) };
  const engine = await start("engine", (signal) =>
    kind === "built"
      ? startEngine(own, signal)
      : startSidecar({ ...own, checksum: env["VALET_SIDECAR_SHA256"] }),
  );
  const { version } = engine;
  return { postgres, databaseUrl, engine: { kind, env: { ...engine.env }, version } };
}

async function buildEngine({ cacheDir, env, log }: StartStackInput): Promise<void> {
  const report = (progress: string) => log("preparing the engine", { progress });
  try {
    await ensureEngine({ cacheDir, env: { ...env }, report });
  } catch (cause) {
    throw new ValetError(
      "ENGINE_BUILD_FAILED",
      "The Hatchet engine could not be built. The compiler's words are in the cause; mostly the Go module proxy was out of reach. Try again, or set HATCHET_CLIENT_TOKEN to an engine of your own.",
      { cacheDir, reason: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
}

function externalEngine(env: Env): StackEngine {
  const own = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith("HATCHET_CLIENT_") && isSet(value) ? [[name, value]] : [],
  );
  return { kind: "external", env: Object.fromEntries(own), version: undefined };
}

/** The first failure cuts the other start short; both have ended before it is thrown. */
async function bothOrNeither<A, B>(
  first: Promise<A>,
  second: Promise<B>,
  failed: AbortController,
): Promise<[A, B]> {
  const noting = [first, second].map((part) =>
    Promise.resolve(part).catch((error: unknown) => failed.abort(error)),
  );
  await Promise.all(noting);
  if (failed.signal.aborted) throw failed.signal.reason;
  return Promise.all([first, second]);
}

/** In reverse order; one that fails does not keep the others open. */
async function closeAll(closers: Closers): Promise<void> {
  const errors: unknown[] = [];
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, "Parts of the stack did not stop.");
}
