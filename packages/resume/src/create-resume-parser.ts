import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ParsedResume } from "./json-resume.ts";
import { refuse } from "./refusal.ts";
import type { ParseAnswer } from "./parse-child.ts";

export interface ResumeParser {
  /**
   * What a PDF or DOCX says of a person; one document at a time, the others wait.
   *
   * @throws ValetError `RESUME_UNREADABLE`, whose `details.reason` is a RefusalReason; the signal's reason
   * when it is aborted.
   */
  parse(bytes: Uint8Array, signal: AbortSignal): Promise<ParsedResume>;
  close(): Promise<void>;
}

export interface ResumeParserInput {
  /** For one document, in milliseconds; 10 s unless given. */
  readonly limitMs?: number;
  /** Of the child's JavaScript; 256 MB unless given. */
  readonly heapMb?: number;
}

const childFile = fileURLToPath(new URL("parse-child.ts", import.meta.url));

/**
 * Parses in a process of its own, which may read program files and nothing else, and is ended when a document
 * takes too long or too much memory: a file that attacks its reader meets nothing there.
 */
export function createResumeParser({
  limitMs = 10_000,
  heapMb = 256,
}: ResumeParserInput = {}): ResumeParser {
  let child: ChildProcess | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  function running(): ChildProcess {
    if (child?.connected === true) return child;
    child = fork(childFile, {
      serialization: "advanced",
      // No variables: there are keys among them.
      env: {},
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [`--max-old-space-size=${heapMb}`, "--permission", "--allow-fs-read=*"],
    });
    // What follows an error is the exit.
    child.on("error", () => undefined);
    return child;
  }

  async function end(): Promise<void> {
    const ended = child;
    child = undefined;
    if (ended === undefined || ended.exitCode !== null || ended.signalCode !== null) return;
    const exit = once(ended, "exit");
    ended.kill("SIGKILL");
    await exit;
  }

  async function parseNow(bytes: Uint8Array, signal: AbortSignal): Promise<ParsedResume> {
    signal.throwIfAborted();
    const asked = running();
    const over = new AbortController();
    const stop = AbortSignal.any([signal, over.signal, AbortSignal.timeout(limitMs)]);
    try {
      const answered = once(asked, "message", { signal: stop });
      const gone = once(asked, "exit", { signal: over.signal }).then(() => undefined);
      asked.send(bytes, () => undefined);
      const came = await Promise.race([answered, gone]);
      if (came === undefined) throw refuse("too_large");
      const answer: ParseAnswer = came[0];
      if (answer.kind === "parsed") return answer.parsed;
      throw refuse(answer.reason);
    } catch (error) {
      if (stop.aborted) await end();
      signal.throwIfAborted();
      throw stop.aborted ? refuse("timeout", error) : error;
    } finally {
      over.abort();
    }
  }

  return {
    parse(bytes, signal) {
      if (isClosed) throw new Error("The parser is closed.");
      const parsed = queue.then(() => parseNow(bytes, signal));
      queue = parsed.catch(() => undefined);
      return parsed;
    },
    async close() {
      isClosed = true;
      await queue;
      await end();
    },
  };
}
