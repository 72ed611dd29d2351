import type { SavedAnswer } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useConsole } from "../../app/console-context.ts";
import { useHasDraft } from "../../app/use-draft.ts";
import { answerStrings } from "../../strings/answer-strings.ts";
import { strings } from "../../strings/en.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { AskDialog } from "../../ui/ask-dialog.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { clockWords } from "../../ui/time-words.ts";
import { useNow } from "../../ui/use-now.ts";
import { answerDrafts, answerKey } from "./answer-drafts.ts";
import { AnswerForm } from "./answer-form.tsx";
import { answersQuery } from "./answers-query.ts";

interface AnswerRowInput {
  readonly saved: SavedAnswer;
  /** With what is to be said of it. */
  readonly onDone: (words: string) => void;
}

export function AnswerRow({ saved, onDone }: AnswerRowInput) {
  const isUnsaved = useHasDraft(answerDrafts, answerKey(saved));
  const [isOpen, setOpen] = useState(isUnsaved);
  const [isAsking, setAsking] = useState(false);
  const { question, answer, scope, confirmedAt } = saved;
  const now = useNow("half-minute");
  return (
    <li className="answer">
      <div className="answer-said">
        <h2 className="answer-question" dir="auto">
          {question}
        </h2>
        {!isOpen && <Words text={[answer].flat().join("\n")} />}
        <p className="small faint answer-about">
          <bdi>{scope === undefined ? answerStrings.forAll : answerStrings.forOne(scope)}</bdi>
          <span>{Array.isArray(answer) ? answerStrings.several : answerStrings.text}</span>
          {isUnsaved && <span>{strings.unsaved}</span>}
          {confirmedAt !== undefined && (
            <span>{answerStrings.confirmed(clockWords(confirmedAt, now))}</span>
          )}
        </p>
      </div>
      <div className="answer-row-acts">
        <Button
          className="quiet small"
          aria-expanded={isOpen}
          aria-label={answerStrings.editOf(question)}
          onPress={() => setOpen(!isOpen)}
        >
          {answerStrings.edit}
        </Button>
        <Button
          className="quiet small"
          aria-label={answerStrings.forgetOf(question)}
          onPress={() => setAsking(true)}
        >
          {answerStrings.forget}
        </Button>
      </div>
      {isOpen && (
        <AnswerForm
          saved={saved}
          onDone={(changed) => {
            setOpen(false);
            if (changed !== undefined) onDone(answerStrings.saved(question));
          }}
        />
      )}
      {isAsking && <ForgetDialog saved={saved} onClose={() => setAsking(false)} onDone={onDone} />}
    </li>
  );
}

function ForgetDialog({
  saved,
  onClose,
  onDone,
}: AnswerRowInput & { readonly onClose: () => void }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const { question, scope } = saved;
  const forget = useMutation({
    mutationFn: () => client.deleteAnswer({ question, ...(scope === undefined ? {} : { scope }) }),
    onSuccess: async () => {
      answerDrafts.forget(answerKey(saved));
      onDone(answerStrings.forgotten(question));
      onClose();
      await queries.invalidateQueries({ queryKey: ["profile"] });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: answersQuery(client).queryKey }),
  });
  return (
    <AskDialog title={answerStrings.sure.title} onClose={onClose}>
      <p dir="auto">
        <strong>{question}</strong>
      </p>
      <p>{answerStrings.sure.text}</p>
      {forget.error !== null && <ProblemNotice error={forget.error} />}
      <div className="dialog-actions">
        <Button onPress={onClose}>{answerStrings.sure.no}</Button>
        <ActButton className="danger" isBusy={forget.isPending} onPress={() => forget.mutate()}>
          {answerStrings.sure.yes}
        </ActButton>
      </div>
    </AskDialog>
  );
}

const longWords = 400;

function Words({ text }: { readonly text: string }) {
  const [isAll, setAll] = useState(false);
  const isLong = text.length > longWords;
  return (
    <div>
      <p className="answer-words" dir="auto">
        {isLong && !isAll ? `${text.slice(0, longWords)} …` : text}
      </p>
      {isLong && (
        <Button className="quiet small" onPress={() => setAll(!isAll)}>
          {isAll ? answerStrings.less : answerStrings.more(text.length)}
        </Button>
      )}
    </div>
  );
}
