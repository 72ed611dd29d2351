import type { Batch } from "@valet/contracts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, getRouteApi } from "@tanstack/react-router";
import { useConsole } from "../app/console-context.ts";
import { useLookAgain } from "../live/use-look-again.ts";
import { strings } from "../strings/en.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { clockWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";
import { useTitle } from "../ui/use-title.ts";
import { BatchJobs } from "./batch-jobs.tsx";
import { batchProgress, batchWords } from "./batch-progress.ts";
import { BatchQuestions } from "./batch-questions.tsx";
import "../application/application.css";
import "./batch.css";
import { batchQuery, collectingLookMs, isBatchTurn, settleMs } from "./batches-query.ts";
import { CancelBatch } from "./cancel-batch.tsx";

const route = getRouteApi("/signed-in/batch/$id");

/** One batch: how far it is, what it asks once for all of its jobs, and what became of each. */
export function BatchPage() {
  const { id } = route.useParams();
  const { client } = useConsole();
  const options = batchQuery(client, id);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    {
      ...options,
      refetchInterval: ({ state }) =>
        state.data?.pages.at(-1)?.state === "collecting" ? collectingLookMs : false,
    },
  );
  useLookAgain({ queryKey: options.queryKey, isTurn: isBatchTurn, settleMs });
  const batch = data?.pages.at(-1);
  useTitle(batch === undefined ? undefined : strings.batch.title(batch.counts.jobs));
  if (data === undefined || batch === undefined) {
    return error === null ? (
      <p className="faint">{strings.batch.loading}</p>
    ) : (
      <ProblemNotice error={error} retry={() => void refetch()} />
    );
  }
  return (
    <div className="batch">
      <BatchHeader batch={batch} />
      {error !== null && <ProblemNotice error={error} />}
      {batch.state === "asking" && <BatchQuestions key={batch.id} batch={batch} />}
      <BatchJobs
        jobs={data.pages.flatMap(({ jobs }) => jobs)}
        more={
          hasNextPage
            ? { isLoading: isFetchingNextPage, load: () => void fetchNextPage() }
            : undefined
        }
      />
    </div>
  );
}

function BatchHeader({ batch }: { readonly batch: Batch }) {
  const { id, counts, createdAt, mode, rehearsal, runAt } = batch;
  const now = useNow("half-minute");
  const { ended, all, needsYou } = batchProgress(batch);
  return (
    <header className="application-head">
      <Link to="/" className="small application-back">
        {strings.batch.back}
      </Link>
      <h1>{strings.batch.name(counts.jobs, clockWords(createdAt, now))}</h1>
      <p aria-live="polite" className="numbers">
        <strong>{batchWords(batch)}</strong>
        {needsYou > 0 && (
          <strong className="batch-asks">{strings.batch.needs(needsYou)}</strong>
        )}{" "}
        <span className="faint small">{rehearsal ? strings.board.rehearsal(mode) : mode}</span>
      </p>
      {runAt !== null && Date.parse(runAt) > now && (
        <p className="small">{strings.batch.startsAt(clockWords(runAt, now))}</p>
      )}
      <progress max={all} value={ended} aria-hidden="true" />
      <div className="application-acts">
        <Link to="/" search={{ batch: id }} className="button">
          {strings.batch.list}
        </Link>
        <CancelBatch batch={batch} />
      </div>
    </header>
  );
}
