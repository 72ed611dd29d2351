import type { Batch } from "@valet/contracts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useConsole } from "../app/console-context.ts";
import { useEvents } from "../live/live-context.ts";
import { strings } from "../strings/en.ts";
import { clockWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";
import { batchProgress } from "./batch-progress.ts";
import { batchesQuery } from "./batches-query.ts";

const settleMs = 1_000;
const collectingLookMs = 3_000;

/** Batches that go on, and the one that is looked at. */
export function BatchStrip({ chosen }: { readonly chosen: string | undefined }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const options = batchesQuery(client);
  const { data = [] } = useQuery({
    ...options,
    // No event says that its questions were looked up.
    refetchInterval: ({ state }) =>
      state.data?.some((batch) => batch.state === "collecting") === true ? collectingLookMs : false,
  });
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEvents((events) => {
    if (data.length === 0 || !events.some(({ type }) => type !== "progress")) return;
    settling.current ??= setTimeout(() => {
      settling.current = undefined;
      void queries.invalidateQueries({ queryKey: options.queryKey });
    }, settleMs);
  });
  const shown = data.filter(
    ({ id, state }) => id === chosen || (state !== "done" && state !== "cancelled"),
  );
  if (shown.length === 0) return null;
  return (
    <section aria-label={strings.board.batches}>
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
  const { id, state, counts, createdAt, questions } = batch;
  const now = useNow("half-minute");
  const { ended, all, needsYou } = batchProgress(batch);
  const open = questions.filter(({ answer }) => answer === null).length;
  const words = {
    collecting: strings.board.batchCollecting,
    asking: strings.board.batchAsks(open),
    running: strings.board.batchEnded(ended, all),
    done: strings.board.batchEnded(ended, all),
    cancelled: state,
  }[state];
  return (
    <Link to="/" search={{ batch: id }} className="batch-card card">
      <span className="batch-name">
        {strings.board.batchOf(counts.jobs, clockWords(createdAt, now))}
      </span>
      <span className="small numbers">
        {words}
        {needsYou > 0 && (
          <strong className="batch-asks">{strings.board.batchNeeds(needsYou)}</strong>
        )}
      </span>
      <progress max={all} value={ended} aria-hidden="true" />
    </Link>
  );
}
