import { Readable } from "node:stream";
import type { LogReader, Following } from "./log-tail.ts";

/** Proxies cut connections on which nothing is said. */
const quietMs = 15_000;
/** So much is handed over before somebody has to read, in bytes. */
const handedOverBytes = 64 * 1024;

/**
 * Server-sent events: what `follow` gives, until there is no more or the signal is aborted. Whoever reads
 * too slowly is cut off in the middle, so that it comes again and resumes.
 */
export function openEventStream(
  follow: (reader: LogReader) => Following,
  signal: AbortSignal,
): Readable {
  let following: Following | undefined;
  const quiet = setInterval(() => stream.push(": quiet\n\n"), quietMs);
  const leave = () => {
    clearInterval(quiet);
    signal.removeEventListener("abort", finish);
    following?.stop();
  };
  const finish = () => {
    leave();
    stream.push(null);
  };
  const stream = new Readable({
    highWaterMark: handedOverBytes,
    read: () => following?.resume(),
    destroy(error, done) {
      leave();
      done(error);
    },
  });
  // So that the reader sees at once that it is connected.
  stream.push(": hello\n\n");
  if (signal.aborted) {
    finish();
    return stream;
  }
  signal.addEventListener("abort", finish, { once: true });
  following = follow({
    send(entry) {
      stream.push(entry.sseFrame());
      quiet.refresh();
      return stream.readableLength;
    },
    reset: () => void stream.push("event: reset\ndata: {}\n\n"),
    end(why) {
      if (why === "slow") stream.destroy();
      else finish();
    },
  });
  return stream;
}
