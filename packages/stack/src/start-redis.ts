import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { ValetError } from "@valet/contracts";
import { freePort } from "./free-port.ts";
import { preferredPort, rememberPort } from "./remembered-ports.ts";
import type { StackLog } from "./stack-log.ts";
import { keepSecret, prepareStateDir, statePaths, writeWhole } from "./state-files.ts";
import { superviseProcess } from "./supervise-process.ts";

export interface StartRedisInput {
  readonly stateDir: string;
  /** The last one of this state, or a free one, unless given. */
  readonly port?: number;
  /** Folders to look for `redis-server` in, as in PATH; the usual ones unless given. */
  readonly searchPath?: string | undefined;
  readonly log: StackLog;
}

export interface RunningRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly close: () => Promise<void>;
}

/**
 * A `redis-server` of our own on 127.0.0.1, with a password and without persistence: what it carries
 * is written in Postgres first.
 *
 * @throws `REDIS_MISSING`, `STACK_START_FAILED`
 */
export async function startRedis(
  input: StartRedisInput,
  signal?: AbortSignal,
): Promise<RunningRedis> {
  const { stateDir, log } = input;
  const command = findRedis(input.searchPath);
  await prepareStateDir(stateDir);
  const password = await keepSecret(stateDir, "redis-password");
  const port =
    input.port ?? (await freePort({ preferred: await preferredPort(stateDir, "redis") }));
  const folder = statePaths(stateDir).redis;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // In a file, since a password among the arguments could be read by every user of the machine.
  const configFile = join(folder, "redis.conf");
  await writeWhole(configFile, configuration({ port, password }));
  const server = await superviseProcess(
    {
      name: "redis",
      stateDir,
      command,
      args: [configFile],
      env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
      cwd: folder,
      ready: { kind: "attempt", attempt: () => ping({ port, password }) },
      log,
    },
    signal,
  );
  await rememberPort(stateDir, "redis", port);
  const url = `redis://default:${password}@127.0.0.1:${port}/0`;
  return { url, port, pid: server.pid, close: server.close };
}

const usualFolders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

function findRedis(searchPath: string | undefined): string {
  const folders = searchPath === undefined ? usualFolders : searchPath.split(delimiter);
  const found = folders.map((folder) => join(folder, "redis-server")).find(existsSync);
  if (found !== undefined) return found;
  throw new ValetError(
    "REDIS_MISSING",
    "redis-server is not installed: run `sudo apt-get install -y --no-install-recommends redis-server`, or set REDIS_URL to a Redis of your own.",
  );
}

function configuration({ port, password }: { port: number; password: string }): string {
  return [
    `port ${port}`,
    "bind 127.0.0.1",
    "protected-mode yes",
    `requirepass ${password}`,
    'save ""',
    "appendonly no",
    "daemonize no",
    "",
  ].join("\n");
}

async function ping({ port, password }: { port: number; password: string }): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.setTimeout(1_000, () => socket.destroy(new Error("Redis did not answer")));
  try {
    socket.write(`AUTH ${password}\r\nPING\r\n`);
    let answer = "";
    for await (const chunk of socket) {
      answer += String(chunk);
      if (answer === "+OK\r\n+PONG\r\n") return;
    }
    throw new Error("Redis closed the connection");
  } finally {
    socket.destroy();
  }
}
