export interface TimeExtension {
  /** Says that something new is done: the step gets back the time it has used since the last extension. */
  readonly onProgress: () => Promise<void>;
}

export interface TimeExtensionDeps {
  /** Adds to the time the engine gives the step, such as "30s". */
  readonly refreshTimeout: (by: `${number}s`) => Promise<unknown>;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
}

/** Asking the engine for every field would cost more than it gives. */
const leastMs = 10_000;

/**
 * Extends a step by what it has used as long as it gets on, up to a limit in all: a long form finishes, and
 * one that is stuck ends when the time of the step has passed since it last got on.
 */
export function extendWhileProgressing(
  { refreshTimeout, now }: TimeExtensionDeps,
  { limitMs }: { readonly limitMs: number },
): TimeExtension {
  const startedAt = now();
  let extendedAt = startedAt;
  return {
    onProgress: async () => {
      const at = now();
      const usedMs = at - extendedAt;
      if (usedMs < leastMs || at - startedAt >= limitMs) return;
      extendedAt = at;
      await refreshTimeout(`${Math.ceil(usedMs / 1000)}s`);
    },
  };
}
