import { z } from "zod";
import type { EngineClientConfig } from "./engine-client-config.ts";

const Worker = z.object({
  metadata: z.object({ id: z.string() }),
  status: z.string().optional(),
  lastHeartbeatAt: z.string().optional(),
  actions: z.array(z.string()).optional(),
});
const WorkerList = z.object({ rows: z.array(Worker).optional() });
type Worker = z.infer<typeof Worker>;

export type ApiAnswer =
  | { readonly kind: "actions"; readonly actions: ReadonlySet<string> }
  | { readonly kind: "unreachable"; readonly reason: string }
  | { readonly kind: "refused"; readonly status: number };

const callTimeoutMs = 5_000;
/** Workers send a heartbeat every 4 s; the engine itself gives a worker up after 30 s. */
const freshMs = 30_000;

/** The actions that some live worker of the token's tenant offers, by the engine's REST API. */
export async function listEngineActions(
  config: EngineClientConfig,
  token: string,
): Promise<ApiAnswer> {
  try {
    const list = await get(config, token, `/api/v1/tenants/${config.tenantId}/worker`);
    if (!list.ok) return { kind: "refused", status: list.status };
    const live = (WorkerList.parse(await list.json()).rows ?? []).filter(isLive);
    const offered = await Promise.all(live.map((worker) => actionsOf(config, token, worker)));
    return { kind: "actions", actions: new Set(offered.flat()) };
  } catch (error) {
    return { kind: "unreachable", reason: reasonOf(error) };
  }
}

/** The list leaves the actions out; a worker's own page has them. */
async function actionsOf(
  config: EngineClientConfig,
  token: string,
  worker: Worker,
): Promise<readonly string[]> {
  if (worker.actions !== undefined) return worker.actions;
  const page = await get(config, token, `/api/v1/workers/${worker.metadata.id}`);
  return page.ok ? (Worker.parse(await page.json()).actions ?? []) : [];
}

function isLive({ status, lastHeartbeatAt }: Worker): boolean {
  if (status !== "ACTIVE" || lastHeartbeatAt === undefined) return false;
  return Date.now() - Date.parse(lastHeartbeatAt) < freshMs;
}

function get(config: EngineClientConfig, token: string, path: string): Promise<Response> {
  return fetch(`${config.apiUrl}${path}`, {
    headers: { authorization: `Bearer ${token}`, accept: "application/json" },
    redirect: "manual",
    signal: AbortSignal.timeout(callTimeoutMs),
  });
}

/** The system's code says more than fetch's own "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (cause instanceof Error) return "code" in cause ? String(cause.code) : cause.message;
  return String(cause);
}
