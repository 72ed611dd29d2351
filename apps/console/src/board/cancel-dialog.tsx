import type { ValetClient } from "@valet/client";
import type { ErrorCode, RunActions, RunFilters, RunSelection } from "@valet/contracts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { strings } from "../strings/en.ts";
import { ActButton } from "../ui/act-button.tsx";
import { AskDialog } from "../ui/ask-dialog.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { askingKey } from "./follow-events.tsx";

/** What one cancels: those that are selected, or all that the filters mean. */
export type Meant =
  | { readonly ids: readonly string[] }
  | { readonly filters: RunFilters; readonly isNarrowed: boolean };

interface CancelDialogInput {
  readonly meant: Meant;
  readonly onClose: (isDone: boolean) => void;
}

/** Says first how many it would be, and acts only then. */
export function CancelDialog({ meant, onClose }: CancelDialogInput) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const selection = selectionOf(meant);
  const counted = useQuery({
    queryKey: ["cancel", selection],
    queryFn: ({ signal }) => client.cancelRuns({ ...selection, dryRun: true }, signal),
    gcTime: 0,
    staleTime: 0,
  });
  const cancel = useMutation({
    mutationFn: () => cancelAll(client, selection),
    onSuccess: () => queries.invalidateQueries({ queryKey: askingKey }),
  });
  const count = counted.data?.count;
  const close = () => onClose(cancel.isSuccess);
  return (
    <AskDialog title={strings.board.cancel.title} onClose={close}>
      <p aria-live="polite">
        {cancel.isSuccess ? (
          strings.board.cancel.done(cancel.data.done)
        ) : (
          <>
            {scopeWords(meant)}{" "}
            {count === undefined
              ? strings.board.cancel.counting
              : strings.board.cancel.would(count)}
          </>
        )}
      </p>
      {[...(cancel.data?.kept ?? [])].map(([code, number]) => (
        <p key={code} className="faint">
          {strings.board.cancel.kept(number, code)}
        </p>
      ))}
      {(counted.error ?? cancel.error) !== null && (
        <ProblemNotice error={counted.error ?? cancel.error} />
      )}
      <div className="dialog-actions">
        <Button onPress={close}>
          {cancel.isSuccess || count === 0 ? strings.board.cancel.close : strings.board.cancel.keep}
        </Button>
        {!cancel.isSuccess && count !== undefined && count > 0 && (
          <ActButton className="danger" isBusy={cancel.isPending} onPress={() => cancel.mutate()}>
            {strings.board.cancel.confirm(count)}
          </ActButton>
        )}
      </div>
    </AskDialog>
  );
}

function selectionOf(meant: Meant): RunSelection {
  return "ids" in meant ? { ids: [...meant.ids] } : { filters: meant.filters };
}

function scopeWords(meant: Meant): string {
  if ("ids" in meant) return strings.board.cancel.ofSelection(meant.ids.length);
  return meant.isNarrowed ? strings.board.cancel.ofFilters : strings.board.cancel.ofAll;
}

interface Cancelled {
  readonly done: number;
  /** Those that could not be, by why. */
  readonly kept: ReadonlyMap<ErrorCode, number>;
}

async function cancelAll(client: ValetClient, selection: RunSelection): Promise<Cancelled> {
  const kept = new Map<ErrorCode, number>();
  let done = 0;
  let next: RunSelection | undefined = selection;
  while (next !== undefined) {
    const answer: RunActions = await client.cancelRuns(next);
    done += answer.count;
    for (const result of answer.results) {
      if ("code" in result) kept.set(result.code, (kept.get(result.code) ?? 0) + 1);
    }
    const { nextCursor } = answer;
    next =
      nextCursor === null || "ids" in selection ? undefined : { ...selection, cursor: nextCursor };
  }
  return { done, kept };
}
