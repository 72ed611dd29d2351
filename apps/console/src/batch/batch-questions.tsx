import { type Batch, type FieldValue, isValetError } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Form } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { createDrafts } from "../app/drafts.ts";
import { useDraft } from "../app/use-draft.ts";
import { isUnanswered } from "../application/is-unanswered.ts";
import { ValueInput } from "../application/review/value-input.tsx";
import { strings } from "../strings/en.ts";
import { ActButton } from "../ui/act-button.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { batchesQuery } from "./batches-query.ts";

type Answers = Readonly<Record<string, FieldValue>>;

const nothingTyped: Answers = {};
/** By the batch. */
const drafts = createDrafts<Answers>();

/** Nothing of the batch starts before it is answered, or before the person says to start without. */
export function BatchQuestions({ batch }: { readonly batch: Batch }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const draft = useDraft({ drafts, key: batch.id, saved: nothingTyped });
  const typed = draft.value;
  const send = useMutation({
    mutationFn: (answers: Answers) => client.answerBatch(batch.id, { answers, start: "now" }),
    onSuccess: draft.forget,
    onSettled: () => queries.invalidateQueries({ queryKey: batchesQuery(client).queryKey }),
  });
  const words = strings.batch.questions;
  const asked = batch.questions.filter(({ answer }) => answer === null);
  const answers = Object.fromEntries(
    Object.entries(typed).filter(([, answer]) => !isUnanswered(answer)),
  );
  const open = asked.filter(({ id }) => answers[id] === undefined).length;
  const wrong = wrongAnswers(send.error);
  return (
    <section className="card panel asks" aria-labelledby="batch-asks">
      <h2 id="batch-asks">{words.title}</h2>
      <p className="small faint">{words.intro}</p>
      <Form
        className="asks-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (open < asked.length) send.mutate(answers);
        }}
      >
        {asked.map(({ id, question, options, kind, lines }) => (
          <div key={id} className="question">
            <ValueInput
              label={question}
              field={{ kind, options }}
              value={typed[id] ?? ""}
              problem={wrong.has(id) ? words.wrong : undefined}
              onChange={(value) => draft.change((before) => ({ ...before, [id]: value }))}
            />
            <p className="small faint">{words.askedBy(lines.length, batch.counts.jobs)}</p>
          </div>
        ))}
        {send.error !== null && <ProblemNotice error={send.error} />}
        <div className="asks-acts">
          <ActButton
            type="submit"
            className="primary"
            isBusy={send.isPending}
            isDisabled={open === asked.length}
          >
            {words.start(open === 0 || open === asked.length)}
          </ActButton>
          <ActButton className="quiet" isBusy={send.isPending} onPress={() => send.mutate({})}>
            {words.startNow}
          </ActButton>
          {open > 0 && open < asked.length && (
            <span className="small faint">{words.open(open)}</span>
          )}
        </div>
      </Form>
    </section>
  );
}

/** Ids of questions whose answers were refused. */
function wrongAnswers(error: unknown): ReadonlySet<string> {
  const issues = isValetError(error) ? error.details["issues"] : undefined;
  if (!Array.isArray(issues)) return new Set();
  return new Set(
    issues.map((issue: { path?: unknown }) => String(issue.path).split("/").at(-1) ?? ""),
  );
}
