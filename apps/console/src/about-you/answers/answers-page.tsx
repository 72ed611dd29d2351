import type { SavedAnswer } from "@valet/contracts";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { Button } from "react-aria-components";
import { useConsole } from "../../app/console-context.ts";
import { useHasDraft } from "../../app/use-draft.ts";
import { answerStrings } from "../../strings/answer-strings.ts";
import { strings } from "../../strings/en.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { AboutYou } from "../about-you.tsx";
import { answerDrafts, answerKey } from "./answer-drafts.ts";
import { AnswerForm } from "./answer-form.tsx";
import { AnswerRow } from "./answer-row.tsx";
import "./answers.css";
import { answersQuery } from "./answers-query.ts";
import { findAnswers } from "./find-answers.ts";

/** The person's own words, to find, to change and to take back. */
export function AnswersPage() {
  const { client } = useConsole();
  const { data: answers, error, refetch } = useQuery(answersQuery(client));
  return (
    <AboutYou>
      <p className="faint">{answerStrings.intro}</p>
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {answers === undefined && error === null && <p className="faint">{answerStrings.loading}</p>}
      {answers !== undefined && <Answers answers={answers} />}
    </AboutYou>
  );
}

function Answers({ answers }: { readonly answers: readonly SavedAnswer[] }) {
  const [words, setWords] = useState("");
  const isUnsaved = useHasDraft(answerDrafts, answerKey(undefined));
  const [isAdding, setAdding] = useState(isUnsaved);
  const [done, setDone] = useState("");
  const found = findAnswers(answers, useDeferredValue(words));
  return (
    <section className="answers" aria-label={answerStrings.title}>
      <div className="answers-head">
        <input
          type="search"
          className="field-input"
          aria-label={answerStrings.find}
          placeholder={answerStrings.find}
          maxLength={200}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <output className="small faint numbers">
          {answerStrings.count(found.length, answers.length)}
        </output>
        <Button className="primary" aria-expanded={isAdding} onPress={() => setAdding(!isAdding)}>
          {answerStrings.add}
          {isUnsaved && !isAdding && ` – ${strings.unsaved}`}
        </Button>
      </div>
      {isAdding && (
        <div className="card panel">
          <AnswerForm
            onDone={(saved) => {
              setAdding(false);
              if (saved !== undefined) setDone(answerStrings.saved(saved.question));
            }}
          />
        </div>
      )}
      <output className="small answers-done">
        <bdi>{done}</bdi>
      </output>
      {answers.length === 0 && <p className="card panel">{answerStrings.none}</p>}
      {answers.length > 0 && found.length === 0 && (
        <p className="card panel">{answerStrings.noMatch}</p>
      )}
      {found.length > 0 && (
        <ul className="card answer-list" aria-label={answerStrings.list}>
          {found.map((one) => (
            <AnswerRow key={answerKey(one)} saved={one} onDone={setDone} />
          ))}
        </ul>
      )}
    </section>
  );
}
