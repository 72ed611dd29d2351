import { ValetError } from "@valet/contracts";

/** Time that one field, or one look at the page, may take at most. */
const stepLimitMs = 20_000;
/** A file on its way to a site is waited for longer. */
const fileLimitMs = 40_000;
/** Time that fields may cost one after the other without any of them holding. */
const fruitlessLimitMs = 20_000;

/** Ends what leads nowhere: a page that answers no more, and one field after the other that takes no value. */
export interface Patience {
  /** @throws ValetError `TIMEOUT` when the work does not end; the signal it was given is aborted then. */
  readonly bounded: <T>(
    work: (signal: AbortSignal) => Promise<T>,
    input: { readonly isFile: boolean; readonly signal: AbortSignal },
  ) => Promise<T>;
  /** Tells what became of a field that took this long. */
  readonly note: (outcome: { readonly ok: boolean; readonly ms: number }) => void;
  readonly isOver: () => boolean;
}

export function createPatience(): Patience {
  let fruitlessMs = 0;
  return {
    bounded,
    note: ({ ok, ms }) => {
      fruitlessMs = ok ? 0 : fruitlessMs + ms;
    },
    isOver: () => fruitlessMs >= fruitlessLimitMs,
  };
}

async function bounded<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { isFile, signal }: { readonly isFile: boolean; readonly signal: AbortSignal },
): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(pageIsStuck()), isFile ? fileLimitMs : stepLimitMs);
  const either = AbortSignal.any([signal, limit.signal]);
  const done = new AbortController();
  const ended = new Promise<never>((_, reject) =>
    either.addEventListener("abort", () => reject(either.reason), { signal: done.signal }),
  );
  try {
    const working = work(either);
    // What a stuck page answers later is of no interest any more.
    working.catch(() => undefined);
    return await Promise.race([working, ended]);
  } finally {
    clearTimeout(timer);
    done.abort();
  }
}

function pageIsStuck(): ValetError {
  return new ValetError(
    "TIMEOUT",
    "The page stopped answering while it was being filled, most likely because of a script that never ends. Nothing was sent. Try again.",
    { limitMs: stepLimitMs },
  );
}
