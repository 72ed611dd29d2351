import type { Logger } from "./create-logger.ts";

export type ShutdownOutcome =
  | { readonly kind: "closed" }
  /** Every part was closed, but these threw while closing. */
  | { readonly kind: "faulty"; readonly parts: readonly string[] }
  /** The deadline passed; these parts are still open. */
  | { readonly kind: "deadline"; readonly parts: readonly string[] };

export interface Shutdown {
  /** Aborted when the shutdown begins. */
  readonly signal: AbortSignal;
  /** Registers a part as soon as it is open; parts close one after the other, the newest first. */
  readonly add: (name: string, close: () => unknown) => void;
  /** Closes everything, once; later calls wait for the same outcome. Never rejects. */
  readonly run: (reason: string) => Promise<ShutdownOutcome>;
}

export interface ShutdownInput {
  readonly log: Logger;
  /** For all parts together, in milliseconds; 10 s unless given. */
  readonly deadlineMs?: number;
}

export function createShutdown({ log, deadlineMs = 10_000 }: ShutdownInput): Shutdown {
  const controller = new AbortController();
  const parts: { name: string; close: () => unknown }[] = [];
  let outcome: Promise<ShutdownOutcome> | undefined;

  async function closeAll(reason: string): Promise<ShutdownOutcome> {
    log.info({ reason, parts: parts.length }, "shutting down");
    controller.abort(new Error(`Shutting down: ${reason}`));
    const faulty: string[] = [];
    const deadline = startDeadline(deadlineMs);
    try {
      // A part may be added while earlier ones close, so the list is read anew each time.
      for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
        const { name, close } = part;
        const closing = closePart(close).catch((error: unknown) => {
          faulty.push(name);
          log.error({ part: name, err: error }, "closing a part failed");
        });
        if ((await Promise.race([closing, deadline.passed])) === "deadline") {
          const open = [name, ...parts.map((left) => left.name).toReversed()];
          log.error({ open, deadlineMs }, "shutdown deadline passed");
          return { kind: "deadline", parts: open };
        }
      }
    } finally {
      deadline.cancel();
    }
    log.info({ faulty: faulty.length }, "shut down");
    return faulty.length === 0 ? { kind: "closed" } : { kind: "faulty", parts: faulty };
  }

  return {
    signal: controller.signal,
    add: (name, close) => void parts.push({ name, close }),
    run: (reason) => (outcome ??= closeAll(reason)),
  };
}

/** `createShutdown` bound to the process: a signal closes everything and exits, a second one exits at once. */
export function onShutdown(
  input: ShutdownInput & { readonly signals?: readonly NodeJS.Signals[] },
): Shutdown {
  const shutdown = createShutdown(input);
  for (const name of input.signals ?? ["SIGINT", "SIGTERM"]) {
    process.on(name, () => {
      if (shutdown.signal.aborted) process.exit(1);
      void shutdown.run(name).then((outcome) => process.exit(outcome.kind === "closed" ? 0 : 1));
    });
  }
  return shutdown;
}

/** A close that throws at once rejects like any other. */
async function closePart(close: () => unknown): Promise<void> {
  await close();
}

function startDeadline(afterMs: number): { passed: Promise<"deadline">; cancel: () => void } {
  const { promise, resolve } = Promise.withResolvers<"deadline">();
  const timer = setTimeout(() => resolve("deadline"), afterMs);
  return { passed: promise, cancel: () => clearTimeout(timer) };
}
