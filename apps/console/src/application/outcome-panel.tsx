import { pathOf } from "@valet/client";
import {
  type ResolveBody,
  type StatedOutcome,
  type TaskDetail,
  getEvidenceRoute,
  getReceiptRoute,
  isValetError,
} from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button, Checkbox } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { resultStrings } from "../strings/application-strings.ts";
import { strings } from "../strings/en.ts";
import { ActButton } from "../ui/act-button.tsx";
import { AskDialog } from "../ui/ask-dialog.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { toneOf } from "../ui/tone.ts";
import { taskQuery } from "./task-queries.ts";

/** How it ended, by which proof, and what can be done about it. */
export function OutcomePanel({ task }: { readonly task: TaskDetail }) {
  const { id, outcome, message, confirmation, evidence, reason } = task;
  const hasReceipt = evidence.some(({ kind }) => kind === "receipt_html");
  if (outcome === null) return null;
  return (
    <section
      className="card panel outcome"
      data-tone={toneOf(task)}
      aria-labelledby="outcome-title"
    >
      <h2 id="outcome-title">{resultStrings.titles[outcome]}</h2>
      {message !== null && <p>{message}</p>}
      <dl className="facts">
        {confirmation?.reference !== undefined && (
          <>
            <dt>{resultStrings.reference}</dt>
            <dd className="mono">{confirmation.reference}</dd>
          </>
        )}
        {confirmation !== null && confirmation.signs.length > 0 && outcome !== "unconfirmed" && (
          <>
            <dt>{resultStrings.proof}</dt>
            <dd>{confirmation.signs.map(signWords).join(", ")}</dd>
          </>
        )}
        {reason !== null && (
          <>
            <dt>{resultStrings.reason}</dt>
            <dd>{strings.reason(reason)}</dd>
          </>
        )}
      </dl>
      {outcome === "unconfirmed" && <Resolve task={task} />}
      <div className="asks-acts">
        {hasReceipt && (
          <a
            className="button"
            href={pathOf(getReceiptRoute, { id })}
            target="_blank"
            rel="noreferrer"
          >
            {resultStrings.receipt}
          </a>
        )}
        {evidence.length > 0 && (
          <a className="button" href={pathOf(getEvidenceRoute, { id })} download>
            {resultStrings.evidence}
          </a>
        )}
      </div>
    </section>
  );
}

function signWords(sign: string): string {
  return sign.replaceAll("_", " ");
}

type Statement = StatedOutcome | "resubmit";

const statements: readonly Statement[] = [
  "confirmed",
  "already_applied",
  "rejected",
  "not_submitted",
  "resubmit",
];

/** Only a person says what became of it: nothing is sent again by itself. */
function Resolve({ task: { id, confirmation } }: { readonly task: TaskDetail }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [says, setSays] = useState<Statement>();
  const [acceptsRisk, setAcceptsRisk] = useState(false);
  const resolve = useMutation({
    mutationFn: (body: ResolveBody) => client.resolveTask(id, body),
    onSuccess: async ({ resubmission }) => {
      setSays(undefined);
      if (resubmission !== null) {
        await navigate({ to: "/applications/$id", params: { id: resubmission.id } });
      }
    },
    onSettled: () => queries.invalidateQueries(taskQuery(client, id)),
  });
  const close = () => {
    setSays(undefined);
    setAcceptsRisk(false);
    resolve.reset();
  };
  const isRisky = says === "resubmit" || isValetError(resolve.error, "DUPLICATE_RISK");
  return (
    <div className="resolve">
      <h3>{resultStrings.known}</h3>
      <ul className="resolve-known">
        <li>{resultStrings.signs(confirmation?.signs.map(signWords) ?? [])}</li>
        {resultStrings.knownFacts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <h3>{resultStrings.say}</h3>
      <div className="resolve-acts">
        {statements.map((statement) => (
          <Button key={statement} onPress={() => setSays(statement)}>
            {resultStrings.statements[statement]}
          </Button>
        ))}
      </div>
      {says !== undefined && (
        <AskDialog title={resultStrings.statements[says]} onClose={close}>
          <p>{resultStrings.means[says]}</p>
          {isRisky && (
            <Checkbox className="check" isSelected={acceptsRisk} onChange={setAcceptsRisk}>
              <span className="check-box" aria-hidden="true" />
              {resultStrings.risk}
            </Checkbox>
          )}
          {resolve.error !== null && <ProblemNotice error={resolve.error} />}
          <div className="dialog-actions">
            <Button onPress={close}>{resultStrings.back}</Button>
            <ActButton
              className={says === "resubmit" ? "danger" : "primary"}
              isBusy={resolve.isPending}
              isDisabled={isRisky && !acceptsRisk}
              onPress={() => resolve.mutate(bodyOf(says, acceptsRisk))}
            >
              {resultStrings.confirm[says]}
            </ActButton>
          </div>
        </AskDialog>
      )}
    </div>
  );
}

function bodyOf(says: Statement, acceptsRisk: boolean): ResolveBody {
  const risk = acceptsRisk ? { acceptDuplicateRisk: true } : {};
  return says === "resubmit" ? { resubmit: true, ...risk } : { outcome: says, ...risk };
}
