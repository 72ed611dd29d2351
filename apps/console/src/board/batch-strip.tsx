import type { Batch } from "@valet/contracts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useConsole } from "../app/console-context.ts";
import { batchProgress, batchWords } from "../batch/batch-progress.ts";
import { batchesQuery, collectingLookMs, isBatchTurn, settleMs } from "../batch/batches-query.ts";
import { useLookAgain } from "../live/use-look-again.ts";
import { strings } from "../strings/en.ts";
import { clockWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";

/** Batches that go on, and the one that is looked at. */
export function BatchStrip({ chosen }: { readonly chosen: string | undefined }) {
  const { client } = useConsole();
  const options = batchesQuery(client);
  const { data = [] } = useQuery({
    ...options,
    // No event says that its questions were looked up.
    refetchInterval: ({ state }) =>
      state.data?.some((batch) => batch.state === "collecting") === true ? collectingLookMs : false,
  });
  useLookAgain({
    queryKey: options.queryKey,
    isTurn: (event) => data.length > 0 && isBatchTurn(event),
    settleMs,
  });
  const shown = data.filter(
    ({ id, state }) => id === chosen || (state !== "done" && state !== "cancelled"),
  );
  if (shown.length === 0) return null;
  return (
    <section aria-label={strings.batch.all}>
      <ul className="batch-strip">
        {shown.map((batch) => (
          <li key={batch.id}>
            <BatchCard batch={batch} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function BatchCard({ batch }: { readonly batch: Batch }) {
  const { id, counts, createdAt } = batch;
  const now = useNow("half-minute");
  const { ended, all, needsYou } = batchProgress(batch);
  return (
    <Link to="/batch/$id" params={{ id }} className="batch-card card">
      <span className="batch-name">
        {strings.batch.name(counts.jobs, clockWords(createdAt, now))}
      </span>
      <span className="small numbers">
        {batchWords(batch)}
        {needsYou > 0 && <strong className="batch-asks">{strings.batch.needs(needsYou)}</strong>}
      </span>
      <progress max={all} value={ended} aria-hidden="true" />
    </Link>
  );
}
