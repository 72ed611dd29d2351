import type { HatchetClient, Worker } from "@hatchet-dev/typescript-sdk";

/** Workers send a heartbeat every 4 s; a third one missing is no accident. */
const freshMs = 15_000;

/**
 * What keeps this worker from getting steps, as the engine sees it, or `undefined`. The engine is
 * asked because the SDK calls itself healthy while the engine has long lost its stream. Both times
 * are the engine's own, so that two clocks that differ change nothing.
 */
export async function askEngine(
  { api }: HatchetClient,
  worker: Worker,
): Promise<string | undefined> {
  const { workerId } = worker._internal;
  if (workerId === undefined) return "this worker is not registered";
  const response = await api.workerGet(workerId).catch((error: unknown) => error);
  if (response instanceof Error) return faultOf(response);
  const { data, headers } = response as Awaited<ReturnType<typeof api.workerGet>>; // no error
  if (String(data.status) === "PAUSED") return "this worker is paused";
  const { lastHeartbeatAt } = data;
  if (lastHeartbeatAt === undefined) return "no heartbeat of this worker has arrived";
  const engineNow = Date.parse(String(headers["date"]));
  const ageMs = (Number.isNaN(engineNow) ? Date.now() : engineNow) - Date.parse(lastHeartbeatAt);
  return ageMs < freshMs
    ? undefined
    : `the last heartbeat of this worker arrived ${Math.round(ageMs / 1_000)} s ago`;
}

function faultOf(error: Error): string {
  const status = "status" in error && typeof error.status === "number" ? error.status : undefined;
  if (status === 404) return "the engine does not know this worker";
  return status === undefined ? "its API does not answer" : `its API answers ${status}`;
}
