import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { DocumentLine } from "@valet/contracts";
import { ParseAnswer, type ParseQuestion } from "./child/parse-protocol.ts";
import { startParseChild } from "./child/start-parse-child.ts";
import { residentMb, watchMemory } from "./child/watch-memory.ts";
import type { ParsedResume } from "./json-resume.ts";
import { refuse } from "./refusal.ts";

export interface ReadResume {
  readonly parsed: ParsedResume;
  /** In reading order; the places of `parsed` are among them. */
  readonly lines: readonly DocumentLine[];
}

export interface ResumeParser {
  /**
   * What a PDF or DOCX says of a person; one document at a time, the others wait.
   *
   * @throws ValetError `RESUME_UNREADABLE`, whose `details.reason` is a RefusalReason; the signal's reason
   * when it is aborted.
   */
  parse(bytes: Uint8Array, signal: AbortSignal): Promise<ParsedResume>;
  /** The same with the text that it was read from. */
  read(bytes: Uint8Array, signal: AbortSignal): Promise<ReadResume>;
  /** Its lines in reading order; otherwise like `parse`. */
  readLines(bytes: Uint8Array, signal: AbortSignal): Promise<readonly DocumentLine[]>;
  close(): Promise<void>;
}

export interface ResumeParserInput {
  /** For one document, in milliseconds; 9 s unless given, so that it is over within 10. */
  readonly limitMs?: number;
  /** Of the child's JavaScript; 256 MB unless given. */
  readonly heapMb?: number;
  /** Of the whole child as the kernel counts it; 280 MB unless given. */
  readonly memoryMb?: number;
}

/** Of a child at rest: one that kept more of the last document would leave too little for the next. */
const mostRestingMb = 220;

/**
 * Parses in a process of its own, which may read program files and nothing else, reaches no network, and is
 * ended when a document takes too long or too much memory: a file that attacks its reader meets nothing there.
 */
export function createResumeParser({
  limitMs = 9_000,
  heapMb = 256,
  memoryMb = 280,
}: ResumeParserInput = {}): ResumeParser {
  let child: ChildProcess | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  async function running(signal: AbortSignal): Promise<ChildProcess> {
    if (child === undefined || !isRunning(child)) child = await startParseChild(heapMb, signal);
    return child;
  }

  async function end(): Promise<void> {
    const ended = child;
    child = undefined;
    if (ended === undefined || !isRunning(ended)) return;
    const exit = once(ended, "exit");
    ended.kill("SIGKILL");
    await exit;
  }

  async function askNow(
    wants: ParseQuestion["wants"],
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<ParseAnswer> {
    signal.throwIfAborted();
    const asked = await running(signal);
    const over = new AbortController();
    const stop = AbortSignal.any([signal, over.signal, AbortSignal.timeout(limitMs)]);
    try {
      const answered = once(asked, "message", { signal: stop });
      const gone = once(asked, "exit", { signal: over.signal }).then(() => undefined);
      const onTooMuch = () => void asked.kill("SIGKILL");
      watchMemory(asked.pid ?? 0, { mostMb: memoryMb, onTooMuch }, over.signal);
      ask(asked, wants, bytes);
      const came = await Promise.race([answered, gone]);
      if (came === undefined) throw refuse("too_large");
      const answer = ParseAnswer.safeParse(came[0]);
      if (!answer.success || residentMb(asked.pid ?? 0) > mostRestingMb) await end();
      if (!answer.success) throw refuse("damaged");
      if (answer.data.kind === "refused") throw refuse(answer.data.reason);
      return answer.data;
    } catch (error) {
      if (stop.aborted) await end();
      signal.throwIfAborted();
      throw stop.aborted ? refuse("timeout", error) : error;
    } finally {
      over.abort();
    }
  }

  function inTurn(
    wants: ParseQuestion["wants"],
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<ParseAnswer> {
    if (isClosed) throw new Error("The parser is closed.");
    const answered = queue.then(() => askNow(wants, bytes, signal));
    queue = answered.catch(() => undefined);
    return answered;
  }

  return {
    async parse(bytes, signal) {
      const answer = await inTurn("resume", bytes, signal);
      if (answer.kind !== "parsed") throw refuse("damaged");
      return answer.parsed;
    },
    async read(bytes, signal) {
      const answer = await inTurn("both", bytes, signal);
      if (answer.kind !== "read") throw refuse("damaged");
      return { parsed: answer.parsed, lines: answer.lines };
    },
    async readLines(bytes, signal) {
      const answer = await inTurn("lines", bytes, signal);
      if (answer.kind !== "lines") throw refuse("damaged");
      return answer.lines;
    },
    async close() {
      isClosed = true;
      await queue;
      await end();
    },
  };
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

/** The bytes go through a pipe, piece by piece: as a message they would be copied at once, and all else waits. */
function ask(child: ChildProcess, wants: ParseQuestion["wants"], bytes: Uint8Array): void {
  const question: ParseQuestion = { wants, byteLength: bytes.length };
  child.send(question, () => undefined);
  child.stdin?.write(bytes);
}
