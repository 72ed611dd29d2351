/**
 * Whether the engine took this run off the worker to resume it elsewhere, from its log of waits. The
 * SDK gives the reason to the run's signal; its class is not exported.
 */
export function isParked({
  abortController: { signal },
}: {
  readonly abortController: Pick<AbortController, "signal">;
}): boolean {
  const reason: unknown = signal.reason;
  return (
    signal.aborted &&
    reason instanceof Error &&
    reason.name === "TaskRunTerminatedError" &&
    "reason" in reason &&
    reason.reason === "evicted"
  );
}
