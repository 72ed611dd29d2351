import { type FieldValue, type UnansweredQuestion, isValetError } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { Checkbox, Form } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { useDraft } from "../app/use-draft.ts";
import { askStrings } from "../strings/application-strings.ts";
import { ActButton } from "../ui/act-button.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { isUnanswered } from "./is-unanswered.ts";
import { ValueInput } from "./review/value-input.tsx";
import { type TypedAnswers, questionDrafts } from "./task-drafts.ts";
import { taskQuery } from "./task-queries.ts";

const nothingTyped: TypedAnswers = { answers: {}, remember: true };

interface QuestionFormInput {
  readonly taskId: string;
  readonly questions: readonly UnansweredQuestion[];
}

/** What the form asks and nobody has answered yet. A draft stands there to be corrected and counts only when it is sent. */
export function QuestionForm({ taskId, questions }: QuestionFormInput) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const { value, change, forget } = useDraft({
    drafts: questionDrafts,
    key: taskId,
    saved: nothingTyped,
  });
  const answers = useMemo(() => answersTo(questions, value), [questions, value]);
  const { remember } = value;
  const send = useMutation({
    mutationFn: () => client.answerQuestions(taskId, { answers, remember }),
    onSuccess: forget,
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
            problem={wrong.has(fieldId) ? askStrings.wrong : undefined}
            onChange={(answer) =>
              change((before) => ({
                ...before,
                answers: { ...before.answers, [fieldId]: answer },
              }))
            }
          />
          {draft !== undefined && <p className="small faint">{askStrings.draft}</p>}
        </div>
      ))}
      <Checkbox
        isSelected={remember}
        onChange={(isOn) => change((before) => ({ ...before, remember: isOn }))}
        className="check"
      >
        <span className="check-box" aria-hidden="true" />
        {askStrings.remember}
      </Checkbox>
      {send.error !== null && <ProblemNotice error={send.error} />}
      <div className="asks-acts">
        <ActButton
          type="submit"
          className="primary"
          isBusy={send.isPending}
          isDisabled={open === questions.length}
        >
          {askStrings.answer(questions.length)}
        </ActButton>
        {open > 0 && <span className="small faint">{askStrings.open(open)}</span>}
      </div>
    </Form>
  );
}

/** What is proposed where nothing was typed; of what was typed only what is still asked. */
function answersTo(
  questions: readonly UnansweredQuestion[],
  { answers }: TypedAnswers,
): Readonly<Record<string, FieldValue>> {
  return Object.fromEntries(
    questions.flatMap(({ fieldId, draft }) => {
      const answer = answers[fieldId] ?? draft;
      return answer === undefined ? [] : [[fieldId, answer]];
    }),
  );
}

/** Of a refusal that names fields. */
export function wrongFields(error: unknown): ReadonlySet<string> {
  const named = isValetError(error) ? error.details["fieldIds"] : undefined;
  return new Set(Array.isArray(named) ? named.map(String) : []);
}
