import type { DueJob, Findings } from "@valet/db";
import { type GetPage, previewPosting } from "@valet/sites";

/** Hosts that are asked at a time; each is asked for one page after the other. */
const hostsAtOnce = 4;

const known = {
  closed: {
    code: "POSTING_CLOSED",
    message: "The job is no longer open. No application was started.",
  },
  missing: {
    code: "PAGE_NOT_FOUND",
    message: "There is no page at this address any more. No application was started.",
  },
} as const;

/**
 * Which of these jobs their own pages call closed, as far as that shows without a browser and within this time.
 * Of whatever says nothing, the application finds out itself.
 */
export async function findClosed(
  getPage: GetPage,
  jobs: readonly DueJob[],
  { limitMs, signal }: { readonly limitMs: number; readonly signal: AbortSignal },
): Promise<Findings> {
  const findings = new Map<number, (typeof known)[keyof typeof known]>();
  const until = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const queues = [...Map.groupBy(jobs, ({ jobUrl }) => new URL(jobUrl).host).values()];
  const ask = async (): Promise<void> => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      for (const { place, jobUrl } of queue) {
        if (until.aborted) return;
        // Sites fail and time ends; neither says that a job is closed.
        const seen = await previewPosting({ jobUrl: new URL(jobUrl), getPage }, until).catch(
          () => undefined,
        );
        const kind = seen?.liveness.kind;
        if (kind === "closed" || kind === "missing") findings.set(place, known[kind]);
      }
    }
  };
  await Promise.all(Array.from({ length: hostsAtOnce }, ask));
  signal.throwIfAborted();
  return findings;
}
