/**
 * The outcome of `work`, or the signal's reason as soon as it is aborted. `dispose` gets what arrives
 * after that.
 */
export async function raceWithSignal<Value>(
  work: Promise<Value>,
  signal: AbortSignal,
  dispose?: (late: Value) => unknown,
): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, aborted.promise]);
  } catch (error) {
    work.then((late) => dispose?.(late)).catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
