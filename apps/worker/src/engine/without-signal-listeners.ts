const signals = ["SIGTERM", "SIGINT"] as const;

/**
 * Runs `work` and removes the signal listeners it added. Every worker the SDK creates, also one that
 * then fails to register, listens for SIGTERM and SIGINT and on them ends its heartbeats before its
 * steps, whatever `handleKill` says; a step that goes on for 30 s would be run twice. Valet drains.
 */
export async function withoutSignalListeners<T>(work: () => Promise<T>): Promise<T> {
  const before = signals.map((name) => new Set(process.listeners(name)));
  try {
    return await work();
  } finally {
    for (const [index, name] of signals.entries()) {
      for (const listener of process.listeners(name)) {
        if (before[index]?.has(listener) === false) process.off(name, listener);
      }
    }
  }
}
