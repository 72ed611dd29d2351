import { type SavedAnswer, longestAnswer } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
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
import { strings } from "../../strings/en.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { focusFirst } from "../focus-first.ts";
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
  const [question, setQuestion] = useState(saved?.question ?? "");
  const [text, setText] = useState([saved?.answer ?? ""].flat().join("\n"));
  const [company, setCompany] = useState(saved?.scope ?? "");
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
      onDone(answer);
    },
  });
  const isTooLong = text.length > longestAnswer;
  const isReady = question.trim() !== "" && text.trim() !== "" && !isTooLong;
  return (
    <Form
      className="answer-form"
      ref={focusFirst}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) save.mutate();
      }}
    >
      {saved === undefined && (
        <TextField value={question} onChange={setQuestion} isRequired maxLength={2_000}>
          <Label>{strings.answers.question}</Label>
          <Input dir="auto" />
          <Text slot="description">{strings.answers.questionUse}</Text>
        </TextField>
      )}
      <TextField
        value={text}
        onChange={setText}
        isRequired
        isInvalid={isTooLong}
        validationBehavior="aria"
      >
        <Label>{strings.answers.answer}</Label>
        <TextArea dir="auto" rows={Math.min(12, 3 + Math.floor(text.length / 80))} />
        {isSeveral && <Text slot="description">{strings.answers.severalUse}</Text>}
        <FieldError>{isTooLong && strings.answers.tooLong(longestAnswer)}</FieldError>
      </TextField>
      {saved === undefined && (
        <TextField value={company} onChange={setCompany} maxLength={200}>
          <Label>{strings.answers.company}</Label>
          <Input dir="auto" />
          <Text slot="description">{strings.answers.companyUse}</Text>
        </TextField>
      )}
      {save.error !== null && <ProblemNotice error={save.error} />}
      <div className="answer-acts">
        <ActButton type="submit" className="primary" isBusy={save.isPending} isDisabled={!isReady}>
          {strings.answers.save}
        </ActButton>
        <Button className="quiet" onPress={() => onDone()}>
          {strings.answers.leave}
        </Button>
      </div>
    </Form>
  );
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}
