import { readFileSync, readdirSync } from "node:fs";
import type { monitorEventLoopDelay } from "node:perf_hooks";
import { isValetError } from "@valet/contracts";
import { residentMb } from "../child/watch-memory.ts";
import type { ResumeParser } from "../create-resume-parser.ts";
import type { HostileFile } from "./hostile-file.ts";
import { docxWith } from "./plain-docx.ts";

export interface HostileDeps {
  readonly parser: ResumeParser;
  /** Of this process's event loop; measures while a file is parsed and at no other time. */
  readonly lag: ReturnType<typeof monitorEventLoopDelay>;
}

export interface HostileOutcome {
  readonly name: string;
  /** A RefusalReason, `parsed`, or an error of another kind, which a file must never cause. */
  readonly outcome: string;
  readonly ms: number;
  /** What parent and child held more than before it, at most. */
  readonly deltaMb: number;
  /** What the child held, at most. */
  readonly childMb: number;
}

const sampleEveryMs = 5;

/** Has a file parsed, which must end in a parse or a refusal, and says what that cost. */
export async function tryHostileFile(
  { parser, lag }: HostileDeps,
  file: HostileFile,
  signal: AbortSignal,
): Promise<HostileOutcome> {
  const bytes = file.make();
  // The one before may have ended the child; its start is no cost of this one.
  await parser.parse(docxWith({}), signal);
  const before = { parent: residentMb("self"), child: childrenMb() };
  let most = { delta: 0, child: 0 };
  const look = () => {
    const child = childrenMb();
    const delta = residentMb("self") - before.parent + child - before.child;
    most = { delta: Math.max(most.delta, delta), child: Math.max(most.child, child) };
  };
  const timer = setInterval(look, sampleEveryMs);
  lag.enable();
  const startedAt = performance.now();
  try {
    const outcome = await parser.parse(bytes, signal).then(
      () => "parsed",
      (error: unknown) =>
        isValetError(error, "RESUME_UNREADABLE")
          ? String(error.details["reason"])
          : `an unexpected error: ${String(error)}`,
    );
    const ms = performance.now() - startedAt;
    look();
    return { name: file.name, outcome, ms, deltaMb: most.delta, childMb: most.child };
  } finally {
    lag.disable();
    clearInterval(timer);
  }
}

/** Of the processes that this one started. */
function childrenMb(): number {
  const tasks = "/proc/self/task";
  return readdirSync(tasks)
    .flatMap((task) => readFileSync(`${tasks}/${task}/children`, "utf8").split(" "))
    .filter((pid) => pid.trim() !== "")
    .reduce((sum, pid) => sum + residentMb(pid), 0);
}
