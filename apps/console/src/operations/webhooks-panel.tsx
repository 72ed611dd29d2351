import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Form } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { operationsStrings } from "../strings/operations-strings.ts";
import { ActButton } from "../ui/act-button.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { webhooksQuery } from "./operations-queries.ts";
import { ShownSecret } from "./shown-secret.tsx";
import { WebhookCard } from "./webhook-card.tsx";

const { webhooks: w } = operationsStrings;

/** The person's own: where their events are sent. */
export function WebhooksPanel() {
  const { client } = useConsole();
  const { data: webhooks, error, refetch } = useQuery(webhooksQuery(client));
  return (
    <section className="card panel">
      <h2>{w.title}</h2>
      <p className="small faint">{w.intro}</p>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {webhooks?.length === 0 && <p className="faint">{w.nothing}</p>}
      <ul className="webhooks" aria-label={w.title}>
        {webhooks?.map((webhook) => (
          <li key={webhook.id}>
            <WebhookCard webhook={webhook} />
          </li>
        ))}
      </ul>
      <AddWebhook />
    </section>
  );
}

function AddWebhook() {
  const { client } = useConsole();
  const queries = useQueryClient();
  const id = useId();
  const [url, setUrl] = useState("");
  const add = useMutation({
    mutationFn: () => client.createWebhook({ url: url.trim() }),
    onSuccess: async () => {
      setUrl("");
      await queries.invalidateQueries({ queryKey: webhooksQuery(client).queryKey });
    },
  });
  return (
    <Form
      className="limit-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (url.trim() !== "" && !add.isPending) add.mutate();
      }}
    >
      <div className="limit-field webhook-url">
        <label htmlFor={id}>{w.addTitle}</label>
        <input
          id={id}
          className="field-input"
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck="false"
          placeholder="https://"
          aria-describedby={`${id}-hint`}
          value={url}
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        />
        <span id={`${id}-hint`} className="sr-only">
          {w.urlHint}
        </span>
      </div>
      <ActButton type="submit" isBusy={add.isPending}>
        {w.add}
      </ActButton>
      {add.error !== null && <ProblemNotice error={add.error} />}
      {add.data !== undefined && <ShownSecret secret={add.data.secret} onSeen={add.reset} />}
    </Form>
  );
}
