import type { WebhookDelivery } from "@valet/contracts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useConsole } from "../app/console-context.ts";
import { operationsStrings } from "../strings/operations-strings.ts";
import { ActButton } from "../ui/act-button.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import type { Tone } from "../ui/tone.ts";
import { clockWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";
import { answerWords } from "./answer-words.ts";
import { FactList } from "./fact-list.tsx";
import { deliveriesQuery } from "./operations-queries.ts";

const { webhooks: w } = operationsStrings;

const tones: Readonly<Record<WebhookDelivery["state"], Tone>> = {
  waiting: "busy",
  delivered: "good",
  failed: "bad",
};

/** What was sent last, the newest first. */
export function Deliveries({ webhookId }: { readonly webhookId: string }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const now = useNow("half-minute");
  const options = deliveriesQuery(client, webhookId);
  const { data, error, refetch } = useQuery(options);
  const again = useMutation({
    mutationFn: (deliveryId: string) => client.replayWebhookDelivery(webhookId, deliveryId),
    onSettled: () => queries.invalidateQueries({ queryKey: options.queryKey }),
  });
  if (error !== null) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <p className="faint">{operationsStrings.loading}</p>;
  return (
    <>
      {again.error !== null && <ProblemNotice error={again.error} />}
      <FactList
        label={w.deliveries}
        nothing={w.noDeliveries}
        rows={data.deliveries.map((delivery) => ({
          key: delivery.id,
          name: delivery.type.replaceAll("_", " "),
          tone: tones[delivery.state],
          facts: [
            [w.state, w.deliveryStates[delivery.state]],
            [w.answered, answerWords(delivery)],
            [w.tried, delivery.attempts],
            [w.made, clockWords(delivery.createdAt, now)],
          ],
          acts: (
            <ActButton
              className="quiet"
              aria-label={w.againOf(delivery.type.replaceAll("_", " "))}
              isBusy={again.isPending && again.variables === delivery.id}
              onPress={() => again.mutate(delivery.id)}
            >
              {w.again}
            </ActButton>
          ),
        }))}
      />
    </>
  );
}
