import type { Webhook, WebhookDelivery } from "@valet/contracts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { operationsStrings } from "../strings/operations-strings.ts";
import { ActButton } from "../ui/act-button.tsx";
import { AskDialog } from "../ui/ask-dialog.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { agoWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";
import { answerWords } from "./answer-words.ts";
import { Deliveries } from "./deliveries.tsx";
import { deliveriesQuery, webhooksQuery } from "./operations-queries.ts";
import { ShownSecret } from "./shown-secret.tsx";

const { webhooks: w } = operationsStrings;

/** One address, what became of what was sent there, and what can be done with it. */
export function WebhookCard({ webhook }: { readonly webhook: Webhook }) {
  const { id, url, events, enabled, disabledReason, lastSuccessAt } = webhook;
  const now = useNow("half-minute");
  const [isOpen, setOpen] = useState(false);
  const state = disabledReason === null ? w.on : w.states[disabledReason];
  const success =
    lastSuccessAt === null ? w.never : operationsStrings.ago(agoWords(lastSuccessAt, now));
  const bad = disabledReason !== null && disabledReason !== "by_person";
  return (
    <article className="webhook">
      <h3>
        <bdi>{url}</bdi>
      </h3>
      <p className="webhook-says small">
        <span className="badge" data-tone={enabled ? "good" : bad ? "bad" : "calm"}>
          <span className="badge-mark" aria-hidden="true" />
          {state}
        </span>
        <span>
          {w.lastSuccess}: {success}
        </span>
        <span>
          {w.events}: {events === null ? w.all : w.eventNames(events)}
        </span>
      </p>
      <WebhookActs webhook={webhook} />
      <details className="deliveries" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{w.deliveries}</summary>
        {isOpen && <Deliveries webhookId={id} />}
      </details>
    </article>
  );
}

function WebhookActs({ webhook: { id, url, events, enabled } }: { readonly webhook: Webhook }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const [asks, setAsks] = useState<"rotate" | "remove">();
  // Its deliveries too: their key begins alike.
  const onSettled = () => queries.invalidateQueries({ queryKey: webhooksQuery(client).queryKey });
  const ping = useMutation({ mutationFn: () => client.testWebhook(id), onSettled });
  const turn = useMutation({
    mutationFn: () => client.updateWebhook(id, { url, events, enabled: !enabled }),
    onSettled,
  });
  const rotate = useMutation({
    mutationFn: () => client.rotateWebhookSecret(id),
    onSuccess: () => setAsks(undefined),
    onSettled,
  });
  const remove = useMutation({ mutationFn: () => client.deleteWebhook(id), onSettled });
  const error = ping.error ?? turn.error;
  return (
    <>
      <div className="webhook-acts">
        <ActButton isBusy={ping.isPending} onPress={() => ping.mutate()}>
          {w.ping}
        </ActButton>
        <ActButton className="quiet" isBusy={turn.isPending} onPress={() => turn.mutate()}>
          {enabled ? w.switchOff : w.switchOn}
        </ActButton>
        <Button className="quiet" onPress={() => setAsks("rotate")}>
          {w.rotate}
        </Button>
        <Button className="quiet" onPress={() => setAsks("remove")}>
          {w.remove}
        </Button>
      </div>
      {ping.data !== undefined && <PingAnswer webhookId={id} sent={ping.data} />}
      {error !== null && <ProblemNotice error={error} />}
      {rotate.data !== undefined && (
        <ShownSecret secret={rotate.data.secret} onSeen={rotate.reset} />
      )}
      {asks === "rotate" && (
        <AskDialog title={w.rotateTitle} onClose={() => setAsks(undefined)}>
          <p>{w.rotateText}</p>
          {rotate.error !== null && <ProblemNotice error={rotate.error} />}
          <div className="dialog-actions">
            <Button onPress={() => setAsks(undefined)}>{w.keep}</Button>
            <ActButton
              className="primary"
              isBusy={rotate.isPending}
              onPress={() => rotate.mutate()}
            >
              {w.rotateIt}
            </ActButton>
          </div>
        </AskDialog>
      )}
      {asks === "remove" && (
        <AskDialog title={w.removeTitle} onClose={() => setAsks(undefined)}>
          <p>
            <bdi>{url}</bdi>
          </p>
          <p>{w.removeText}</p>
          {remove.error !== null && <ProblemNotice error={remove.error} />}
          <div className="dialog-actions">
            <Button onPress={() => setAsks(undefined)}>{w.keep}</Button>
            <ActButton className="danger" isBusy={remove.isPending} onPress={() => remove.mutate()}>
              {w.removeIt}
            </ActButton>
          </div>
        </AskDialog>
      )}
    </>
  );
}

interface PingAnswerInput {
  readonly webhookId: string;
  readonly sent: WebhookDelivery;
}

/** Sent like any message, so its answer stands among the deliveries. */
function PingAnswer({ webhookId, sent }: PingAnswerInput) {
  const { client } = useConsole();
  const { data } = useQuery(deliveriesQuery(client, webhookId));
  const now = data?.deliveries.find(({ id }) => id === sent.id) ?? sent;
  const words = {
    waiting: w.pinging,
    delivered: w.arrived(answerWords(now)),
    failed: w.notArrived(answerWords(now)),
  };
  return <output className="small">{words[now.state]}</output>;
}
