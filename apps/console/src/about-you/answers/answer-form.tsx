import { type SavedAnswer, longestAnswer } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import {
  Button,
  FieldError,
  Form,
  Input,
  Label,
  Text,
  TextArea,
  TextField,
} from "react-aria-components";
import { useConsole } from "../../app/console-context.ts";
import { useDraft } from "../../app/use-draft.ts";
import { answerStrings } from "../../strings/answer-strings.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { focusFirst } from "../focus-first.ts";
import { type AnswerWords, answerDrafts, answerKey, wordsOf } from "./answer-drafts.ts";
import { answersQuery } from "./answers-query.ts";

interface AnswerFormInput {
  /** The one that is changed; a new one unless given. */
  readonly saved?: SavedAnswer;
  /** With what was saved, or with nothing where it was left. */
  readonly onDone: (saved?: SavedAnswer) => void;
}

/** Another question is another answer: of one that is saved only what was answered can be changed. */
export function AnswerForm({ saved, onDone }: AnswerFormInput) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const isSeveral = Array.isArray(saved?.answer);
  const draft = useDraft({
    drafts: answerDrafts,
    key: answerKey(saved),
    saved: useMemo(() => wordsOf(saved), [saved]),
  });
  const { question, text, company } = draft.value;
  // What was typed before stands there again unasked: then the focus stays where it is.
  const [isBegun] = useState(!draft.isUnsaved);
  const type = (words: Partial<AnswerWords>) => draft.change((before) => ({ ...before, ...words }));
  const leave = () => {
    draft.forget();
    onDone();
  };
  const save = useMutation({
    mutationFn: () =>
      client.saveAnswer({
        question,
        answer: isSeveral ? linesOf(text) : text,
        ...(company.trim() === "" ? {} : { scope: company.trim() }),
      }),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: answersQuery(client).queryKey });
      await queries.invalidateQueries({ queryKey: ["profile"] });
      draft.forget();
      onDone(answer);
    },
  });
  const isTooLong = text.length > longestAnswer;
  const isReady = question.trim() !== "" && text.trim() !== "" && !isTooLong;
  return (
    <Form
      className="answer-form"
      {...(isBegun ? { ref: focusFirst } : {})}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) save.mutate();
      }}
    >
      {saved === undefined && (
        <TextField
          value={question}
          onChange={(words) => type({ question: words })}
          isRequired
          maxLength={2_000}
        >
          <Label>{answerStrings.question}</Label>
          <Input dir="auto" />
          <Text slot="description">{answerStrings.questionUse}</Text>
        </TextField>
      )}
      <TextField
        value={text}
        onChange={(words) => type({ text: words })}
        isRequired
        isInvalid={isTooLong}
        validationBehavior="aria"
      >
        <Label>{answerStrings.answer}</Label>
        <TextArea dir="auto" rows={Math.min(12, 3 + Math.floor(text.length / 80))} />
        {isSeveral && <Text slot="description">{answerStrings.severalUse}</Text>}
        <FieldError>{isTooLong && answerStrings.tooLong(longestAnswer)}</FieldError>
      </TextField>
      {saved === undefined && (
        <TextField value={company} onChange={(words) => type({ company: words })} maxLength={200}>
          <Label>{answerStrings.company}</Label>
          <Input dir="auto" />
          <Text slot="description">{answerStrings.companyUse}</Text>
        </TextField>
      )}
      {draft.isOvertaken && (
        <output className="notice" data-tone="ask">
          {answerStrings.overtaken}
        </output>
      )}
      {save.error !== null && <ProblemNotice error={save.error} />}
      <div className="answer-acts">
        <ActButton type="submit" className="primary" isBusy={save.isPending} isDisabled={!isReady}>
          {answerStrings.save}
        </ActButton>
        <Button className="quiet" onPress={leave}>
          {answerStrings.leave}
        </Button>
      </div>
    </Form>
  );
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
