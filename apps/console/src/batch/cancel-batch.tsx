import type { Batch } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { strings } from "../strings/en.ts";
import { ActButton } from "../ui/act-button.tsx";
import { AskDialog } from "../ui/ask-dialog.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { batchesQuery } from "./batches-query.ts";

export function CancelBatch({ batch: { id, state } }: { readonly batch: Batch }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () => client.cancelBatch(id),
    onSuccess: () => setAsking(false),
    onSettled: () => queries.invalidateQueries({ queryKey: batchesQuery(client).queryKey }),
  });
  const words = strings.batch.cancel;
  if ((state === "done" || state === "cancelled") && !isAsking) return null;
  return (
    <>
      <Button className="danger" onPress={() => setAsking(true)}>
        {words.act}
      </Button>
      {isAsking && (
        <AskDialog title={words.title} onClose={() => setAsking(false)}>
          <p>{words.text}</p>
          {cancel.error !== null && <ProblemNotice error={cancel.error} />}
          <div className="dialog-actions">
            <Button onPress={() => setAsking(false)}>{words.keep}</Button>
            <ActButton className="danger" isBusy={cancel.isPending} onPress={() => cancel.mutate()}>
              {words.confirm}
            </ActButton>
          </div>
        </AskDialog>
      )}
    </>
  );
}
