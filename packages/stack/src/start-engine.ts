import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ValetError } from "@valet/contracts";
import { engineVersion } from "../bootstrap/engine.mjs";
import { askEngineVersion } from "./ask-engine-version.ts";
import { type EnginePorts, chooseEnginePorts } from "./engine-ports.ts";
import { type EngineTokenClaims, readEngineToken } from "./engine-token.ts";
import { forgetDeadEngine } from "./forget-dead-engine.ts";
import { runOnce } from "./run-once.ts";
import type { StackLog } from "./stack-log.ts";
import { keepSecret, prepareStateDir, readSecret, statePaths, writeSecret } from "./state-files.ts";
import { superviseProcess } from "./supervise-process.ts";

export interface StartEngineInput {
  /** Where `hatchet-lite`, `hatchet-migrate` and `hatchet-admin` are. */
  readonly binDir: string;
  readonly stateDir: string;
  /** The engine's own database; never Valet's. */
  readonly databaseUrl: string;
  /** Those of the last start of this state where they are free, unless given. */
  readonly ports?: EnginePorts;
  readonly log: StackLog;
}

/** What a Hatchet client needs to reach an engine. */
export interface EngineEnv {
  readonly HATCHET_CLIENT_TOKEN: string;
  readonly HATCHET_CLIENT_TLS_STRATEGY: string;
  readonly HATCHET_CLIENT_HOST_PORT: string;
  readonly HATCHET_CLIENT_API_URL: string;
}

export interface RunningEngine {
  readonly token: string;
  readonly grpcHostPort: string;
  readonly apiUrl: string;
  readonly env: EngineEnv;
  readonly version: string;
  readonly pid: number;
  readonly close: () => Promise<void>;
}

const tenantId = "707d0855-80ab-4e1f-a156-f1c4546cbf52"; // Hatchet's default tenant
const tokenHours = 8760;
const renewBeforeMs = 30 * 24 * 3_600_000;

/**
 * The real engine: migrations, keys and tenant, token, then hatchet-lite. gRPC is bound to
 * 127.0.0.1; its four HTTP ports cannot be bound to an address, so nobody can sign up there and the
 * administrator's password is generated.
 *
 * @throws `STACK_START_FAILED`
 */
export async function startEngine(
  input: StartEngineInput,
  signal?: AbortSignal,
): Promise<RunningEngine> {
  const { stateDir, binDir, log } = input;
  await prepareStateDir(stateDir);
  const folder = statePaths(stateDir).engine;
  await mkdir(join(folder, "static"), { recursive: true, mode: 0o700 });
  await writeFile(join(folder, "static", "index.html"), "Hatchet engine of Valet, no dashboard.\n");
  const ports = input.ports ?? (await chooseEnginePorts(stateDir));
  const env = await engineServerEnv({ ...input, ports });
  await migrate({ input, env, folder }, signal);
  await forgetDeadEngine(input.databaseUrl);
  const token = await keepToken({ input, env, folder, ports }, signal);
  let version: string | undefined;
  const attempt = async (stop: AbortSignal) => {
    version = await firstAnswer(ports, token, stop);
  };
  const server = await superviseProcess(
    {
      name: "engine",
      stateDir,
      command: join(binDir, "hatchet-lite"),
      args: ["--config", join(folder, "config")],
      env,
      cwd: folder,
      ready: { kind: "attempt", attempt },
      readyTimeoutMs: 60_000,
      log,
    },
    signal,
  );
  const { pid, close } = server;
  const clientEnv = engineClientEnv(ports, token);
  return {
    token,
    grpcHostPort: clientEnv.HATCHET_CLIENT_HOST_PORT,
    apiUrl: clientEnv.HATCHET_CLIENT_API_URL,
    env: clientEnv,
    version: version ?? engineVersion,
    pid,
    close,
  };
}

function engineClientEnv(ports: EnginePorts, token: string): EngineEnv {
  return {
    HATCHET_CLIENT_TOKEN: token,
    HATCHET_CLIENT_TLS_STRATEGY: "none",
    HATCHET_CLIENT_HOST_PORT: `127.0.0.1:${ports.grpc}`,
    HATCHET_CLIENT_API_URL: serverUrl(ports),
  };
}

function serverUrl(ports: EnginePorts): string {
  return `http://127.0.0.1:${ports.lite}`;
}

async function engineServerEnv(input: {
  readonly stateDir: string;
  readonly databaseUrl: string;
  readonly ports: EnginePorts;
}): Promise<Record<string, string>> {
  const { stateDir, databaseUrl, ports } = input;
  const grpc = `127.0.0.1:${ports.grpc}`;
  return {
    PATH: "/usr/bin:/bin",
    HOME: statePaths(stateDir).engine,
    DATABASE_URL: databaseUrl,
    DATABASE_MAX_CONNS: "12",
    DATABASE_LOGGER_LEVEL: "warn",
    ADMIN_EMAIL: "admin@example.com",
    // The engine asks for an upper-case letter, a lower-case letter and a digit.
    ADMIN_PASSWORD: `Aa1${await keepSecret(stateDir, "engine-admin-password")}`,
    SERVER_MSGQUEUE_KIND: "postgres",
    // In the transaction that asks for a run the engine would wait for the cap that this very transaction has
    // locked: whole seconds for everybody, and the next requests fail (decision 30).
    SERVER_OPTIMISTIC_SCHEDULING_ENABLED: "false",
    SERVER_VERSION_OVERRIDE: engineVersion,
    SERVER_URL: serverUrl(ports),
    SERVER_PORT: String(ports.api),
    SERVER_HEALTHCHECK_PORT: String(ports.health),
    SERVER_GRPC_BIND_ADDRESS: "127.0.0.1",
    SERVER_GRPC_PORT: String(ports.grpc),
    SERVER_GRPC_BROADCAST_ADDRESS: grpc,
    SERVER_GRPC_INSECURE: "t",
    SERVER_INTERNAL_CLIENT_INTERNAL_GRPC_BROADCAST_ADDRESS: grpc,
    SERVER_ALLOW_SIGNUP: "false",
    SERVER_AUTH_COOKIE_DOMAIN: "127.0.0.1",
    SERVER_AUTH_COOKIE_INSECURE: "t",
    SERVER_AUTH_SET_EMAIL_VERIFIED: "t",
    SERVER_SECURITY_CHECK_ENABLED: "false",
    SERVER_LOGGER_LEVEL: "warn",
    SERVER_LOGGER_FORMAT: "console",
    SERVER_ADDITIONAL_LOGGERS_QUEUE_LEVEL: "warn",
    SERVER_ADDITIONAL_LOGGERS_PGXSTATS_LEVEL: "warn",
    LITE_STATIC_ASSET_DIR: join(statePaths(stateDir).engine, "static"),
    LITE_FRONTEND_PORT: String(ports.frontend),
    LITE_RUNTIME_PORT: String(ports.lite),
  };
}

interface SetUp {
  readonly input: StartEngineInput;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** Migrations, keys, first user and tenant: each does nothing where it has been done. */
async function migrate({ input, env, folder }: SetUp, signal?: AbortSignal): Promise<void> {
  const { stateDir, binDir } = input;
  const shared = { stateDir, logName: "engine", env, cwd: folder };
  await runOnce(
    {
      ...shared,
      title: "Setting up the engine's database",
      command: join(binDir, "hatchet-migrate"),
      args: [],
    },
    signal,
  );
  await runOnce(
    {
      ...shared,
      title: "Making the engine's keys and tenant",
      command: join(binDir, "hatchet-admin"),
      args: [
        "quickstart",
        "--skip",
        "certs",
        "--overwrite=false",
        "--generated-config-dir",
        join(folder, "config"),
      ],
    },
    signal,
  );
}

async function keepToken(
  { input, env, folder, ports }: SetUp & { readonly ports: EnginePorts },
  signal?: AbortSignal,
): Promise<string> {
  const { stateDir, binDir } = input;
  const known = await readSecret(stateDir, "hatchet-token");
  if (known !== undefined && isUsable(readEngineToken(known), ports)) return known;
  const output = await runOnce(
    {
      title: "Making a token for the engine",
      stateDir,
      logName: "engine",
      command: join(binDir, "hatchet-admin"),
      args: [
        "token",
        "create",
        "--config",
        join(folder, "config"),
        "--tenant-id",
        tenantId,
        "--name",
        "valet",
        "-e",
        `${tokenHours}h`,
      ],
      env,
      cwd: folder,
      secretOutput: true,
    },
    signal,
  );
  const token = output.trim().split("\n").at(-1) ?? "";
  if (readEngineToken(token) === undefined) {
    throw new ValetError("STACK_START_FAILED", "The engine's tool gave no token.");
  }
  await writeSecret(stateDir, "hatchet-token", token);
  return token;
}

/** The engine refuses a token that was made for another address of its own. */
function isUsable(claims: EngineTokenClaims | undefined, ports: EnginePorts): boolean {
  if (claims?.exp === undefined || claims.server_url !== serverUrl(ports)) return false;
  return claims.exp * 1000 - Date.now() > renewBeforeMs;
}

/**
 * Ready means that a client's first call works, REST or gRPC: the health page says so up to a second
 * before the gRPC port is open. Resolves to the version that the engine tells its clients.
 */
async function firstAnswer(
  ports: EnginePorts,
  token: string,
  signal: AbortSignal,
): Promise<string> {
  const health = await fetch(`http://127.0.0.1:${ports.health}/ready`, { signal });
  await health.body?.cancel();
  if (health.status !== 200) throw new Error(`its health page answers ${health.status}`);
  const url = `${serverUrl(ports)}/api/v1/tenants/${tenantId}/worker`;
  const api = await fetch(url, { signal, headers: { authorization: `Bearer ${token}` } });
  await api.body?.cancel();
  if (api.status !== 200) throw new Error(`its API answers ${api.status}`);
  const target = { host: "127.0.0.1", port: ports.grpc, tls: "none" } as const;
  const answer = await askEngineVersion(target, token);
  if (answer.kind === "version") return answer.version;
  throw new Error(answer.kind === "refused" ? "it refuses its own token" : answer.reason);
}
