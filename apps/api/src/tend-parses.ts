import {
  type ResumeRow,
  type TaskWriter,
  askForLostParse,
  listResumesWaitedFor,
  listUnsettledParses,
  releaseWaitingTasks,
  settleParse,
} from "@valet/db";
import type { Logger } from "@valet/runtime";
import type { JobsClient } from "./jobs-client.ts";

export interface TendParsesDeps {
  readonly writer: TaskWriter;
  readonly jobs: Pick<JobsClient, "runState">;
  readonly kickRelay: () => void;
  readonly log: Logger;
  /** How long a parse may go on before its run is asked for, in milliseconds; a minute unless given. */
  readonly patienceMs?: number;
}

const sweepLimit = 200;
/** Asked for so often in vain, something else is wrong. */
const mostLostParses = 3;

/**
 * Résumés whose run cannot go on are parsed anew, and applications that waited for one that was parsed
 * long ago are let go: no résumé and no application stays where it is because a process died.
 */
export async function tendParses(deps: TendParsesDeps, signal: AbortSignal): Promise<void> {
  const { writer, patienceMs = 60_000 } = deps;
  const olderThanMs = patienceMs;
  for (const row of await listUnsettledParses(writer.db, { olderThanMs, limit: sweepLimit })) {
    if (signal.aborted) return;
    await tendParse(deps, row);
  }
  for (const resumeId of await listResumesWaitedFor(writer.db, sweepLimit)) {
    if (signal.aborted) return;
    if ((await releaseWaitingTasks(writer, resumeId)) > 0) deps.kickRelay();
  }
}

async function tendParse(
  { writer, jobs, kickRelay, log }: TendParsesDeps,
  { id: resumeId, parseEpoch: epoch, parseRunId, automaticParses }: ResumeRow,
): Promise<void> {
  if (parseRunId === null) return;
  const run = await jobs.runState(parseRunId);
  if (run === "queued" || run === "running" || run === "unreachable") return;
  const tried = { resumeId, epoch };
  if (automaticParses >= mostLostParses) await settleParse(writer, tried, "unavailable");
  else await askForLostParse(writer, tried);
  kickRelay();
  log.warn({ resumeId, epoch, run, automaticParses }, "a résumé's run could not go on");
}
