import { type FieldValue, type UnansweredQuestion, isValetError } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Checkbox, Form } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { strings } from "../strings/en.ts";
import { ActButton } from "../ui/act-button.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { isUnanswered } from "./is-unanswered.ts";
import { ValueInput } from "./review/value-input.tsx";
import { taskQuery } from "./task-queries.ts";

interface QuestionFormInput {
  readonly taskId: string;
  readonly questions: readonly UnansweredQuestion[];
}

/** What the form asks and nobody has answered yet. A draft stands there to be corrected and counts only when it is sent. */
export function QuestionForm({ taskId, questions }: QuestionFormInput) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const [answers, setAnswers] = useState<Readonly<Record<string, FieldValue>>>(() =>
    Object.fromEntries(
      questions.flatMap(({ fieldId, draft }) => (draft === undefined ? [] : [[fieldId, draft]])),
    ),
  );
  const [remember, setRemember] = useState(true);
  const send = useMutation({
    mutationFn: () => client.answerQuestions(taskId, { answers, remember }),
    onSettled: () => queries.invalidateQueries(taskQuery(client, taskId)),
  });
  const wrong = wrongFields(send.error);
  const open = questions.filter(({ fieldId }) => isUnanswered(answers[fieldId])).length;
  return (
    <Form
      className="asks-form"
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      {questions.map(({ fieldId, question, options, draft }) => (
        <div key={fieldId} className="question">
          <ValueInput
            label={question}
            field={{ kind: options.length > 0 ? "select" : "textarea", options }}
            value={answers[fieldId] ?? ""}
            problem={wrong.has(fieldId) ? strings.asks.wrong : undefined}
            onChange={(value) => setAnswers((before) => ({ ...before, [fieldId]: value }))}
          />
          {draft !== undefined && <p className="small faint">{strings.asks.draft}</p>}
        </div>
      ))}
      <Checkbox isSelected={remember} onChange={setRemember} className="check">
        <span className="check-box" aria-hidden="true" />
        {strings.asks.remember}
      </Checkbox>
      {send.error !== null && <ProblemNotice error={send.error} />}
      <div className="asks-acts">
        <ActButton
          type="submit"
          className="primary"
          isBusy={send.isPending}
          isDisabled={open === questions.length}
        >
          {strings.asks.answer(questions.length)}
        </ActButton>
        {open > 0 && <span className="small faint">{strings.asks.open(open)}</span>}
      </div>
    </Form>
  );
}

/** Of a refusal that names fields. */
export function wrongFields(error: unknown): ReadonlySet<string> {
  const named = isValetError(error) ? error.details["fieldIds"] : undefined;
  return new Set(Array.isArray(named) ? named.map(String) : []);
}
