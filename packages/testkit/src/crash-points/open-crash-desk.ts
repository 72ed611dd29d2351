import { writeFileSync } from "node:fs";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { testStateDir } from "../test-services.ts";
import { planCrashPoints, planVariable } from "./crash-plan.ts";
import { type CrashPoint, listCrashPoints } from "./list-crash-points.ts";

/** A process has come to a crash point and asks whether it may go on. */
export interface Visit {
  readonly name: string;
  readonly pid: number;
  /** Unknown where the code knows only a session or an attempt that was not seen with its task before. */
  readonly taskId: string | undefined;
}

export interface CrashDesk {
  /** All points there are, in the order of the guarded files. */
  readonly points: readonly CrashPoint[];
  /** For the processes that are to have them. */
  readonly env: Readonly<Record<string, string>>;
  /** Every visit so far, in order. */
  readonly visits: readonly Visit[];
  /**
   * Stops whoever comes while this says so, until `release` or the end of the process. It is asked at each
   * visit, so it has to count by itself.
   */
  holdWhile(decide: (visit: Visit) => boolean): void;
  /** Whoever is held goes on, and nobody is held any more. */
  release(): void;
  close(): Promise<void>;
}

/** What a process tells of itself at a point. */
interface Told {
  readonly name: string;
  readonly pid: number;
  readonly taskId?: string;
  readonly sessionId?: string;
  readonly intentId?: string;
}

export async function openCrashDesk(): Promise<CrashDesk> {
  const points = await listCrashPoints();
  const visits: Visit[] = [];
  const held = new Set<ServerResponse>();
  /** Tasks by their sessions and attempts. */
  const owners = new Map<string, string>();
  let decide: (visit: Visit) => boolean = () => false;

  function visitOf({ name, pid, taskId, sessionId, intentId }: Told): Visit {
    const keys = [sessionId, intentId].filter((key) => key !== undefined);
    if (taskId !== undefined) for (const key of keys) owners.set(key, taskId);
    const owner = taskId ?? keys.map((key) => owners.get(key)).find((id) => id !== undefined);
    return { name, pid, taskId: owner };
  }

  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      // Written by our own hook.
      const visit = visitOf(JSON.parse(text) as Told);
      visits.push(visit);
      if (!decide(visit)) return void response.end();
      held.add(response);
      response.once("close", () => void held.delete(response));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const planFile = join(testStateDir(), "crash-plan.json");
  writeFileSync(planFile, JSON.stringify(planCrashPoints(`http://127.0.0.1:${port}`, points)));
  return {
    points,
    env: {
      [planVariable]: planFile,
      NODE_OPTIONS: `--import=${fileURLToPath(new URL("crash-hook.ts", import.meta.url))}`,
    },
    visits,
    holdWhile: (next) => void (decide = next),
    release() {
      decide = () => false;
      for (const response of held) response.end();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Buffer)); // no encoding was set
  return Buffer.concat(chunks).toString();
}
