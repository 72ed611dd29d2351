import { ValetError } from "@valet/contracts";
import { type Db, type StreamHolder, listEndedCredentials } from "@valet/db";
import type { Logger } from "@valet/runtime";

export interface OpenStreams {
  /**
   * Takes one of the person's streams; what it returns gives it back. `end` is called when what they were
   * let in with is good no more.
   *
   * @throws ValetError `TOO_MANY_STREAMS`.
   */
  readonly open: (holder: StreamHolder, end: () => void) => () => void;
  readonly close: () => void;
}

interface OpenStream extends StreamHolder {
  readonly end: () => void;
}

/** So long a stream outlives the key, login or token behind it, at most. */
const checkMs = 5_000;

/** Live streams at this server: how many one person may hold, and for how long. */
export function createOpenStreams(
  { db, log }: { readonly db: Db; readonly log: Logger },
  mostEach: number,
): OpenStreams {
  const byPerson = new Map<string, Set<OpenStream>>();
  let check: NodeJS.Timeout | undefined;

  async function endForbidden(): Promise<void> {
    const streams = [...byPerson.values()].flatMap((each) => [...each]);
    try {
      for (const stream of await listEndedCredentials(db, streams)) stream.end();
    } catch (err) {
      log.debug({ err }, "it could not be seen who may still read; it is tried again");
    }
    check = undefined;
    schedule();
  }

  function schedule(): void {
    if (byPerson.size > 0) check ??= setTimeout(() => void endForbidden(), checkMs);
  }

  return {
    open(holder, end) {
      const { userId } = holder;
      const own = byPerson.get(userId) ?? new Set();
      if (own.size >= mostEach) throw tooMany(mostEach);
      const stream = { ...holder, end };
      own.add(stream);
      byPerson.set(userId, own);
      schedule();
      return () => {
        own.delete(stream);
        if (own.size === 0 && byPerson.get(userId) === own) byPerson.delete(userId);
      };
    },
    close() {
      clearTimeout(check);
      byPerson.clear();
    },
  };
}

function tooMany(most: number): ValetError {
  return new ValetError(
    "TOO_MANY_STREAMS",
    `You have ${most} live streams open, as many as one person may have. Close some, or follow all your applications in one (GET /stream).`,
    { most },
  );
}
