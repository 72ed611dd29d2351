import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button, Form, Input, Label, Text, TextArea, TextField } from "react-aria-components";
import { useConsole } from "../../app/console-context.ts";
import { createDrafts } from "../../app/drafts.ts";
import { useDraft, useHasDraft } from "../../app/use-draft.ts";
import { startStrings } from "../../strings/start-strings.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { focusFirst } from "../focus-first.ts";
import { lookAgain } from "../profile-queries.ts";
import { correctFact } from "./correct-fact.ts";
import type { ReadFact } from "./read-facts.ts";

interface FactRowInput {
  readonly fact: ReadFact;
  readonly resumeId: string;
  readonly isActive: boolean;
  readonly onActive: (fact: ReadFact) => void;
}

/** Below this the person should look twice. */
const sureFrom = 0.7;
const longText = 60;

const correctionDrafts = createDrafts<string>();

function correctionKey({ fact, resumeId }: ChangeInput): string {
  return `${resumeId}${fact.pointer}`;
}

/** One value: to look at in the document, to take or to correct. */
export function FactRow({ fact, resumeId, isActive, onActive }: FactRowInput) {
  const isUnsaved = useHasDraft(correctionDrafts, correctionKey({ fact, resumeId }));
  const [isOpen, setOpen] = useState(isUnsaved);
  const { value, source, standing, change } = fact;
  const what = startStrings.leaf(fact);
  const isUnsure = source.confidence < sureFrom;
  const show = () => onActive(fact);
  return (
    <li className="read-fact" data-active={isActive || undefined}>
      <button
        type="button"
        className="read-fact-show"
        aria-pressed={isActive}
        onFocus={show}
        onClick={show}
      >
        <span className="read-fact-what">{what}</span>
        <span className="read-fact-value" dir="auto">
          {value}
        </span>
        <span className="standing" data-standing={standing}>
          {startStrings.standings[standing]}
        </span>
        {isUnsure && (
          <span className="small" data-unsure>
            {startStrings.sure(Math.floor(source.confidence * 100))}
          </span>
        )}
      </button>
      {canCorrect(fact) && (
        <Button
          className="quiet small"
          aria-expanded={isOpen}
          aria-label={startStrings.correctOf(what, value)}
          onFocus={show}
          onPress={() => setOpen(!isOpen)}
        >
          {startStrings.correct}
        </Button>
      )}
      {standing === "differs" && !isOpen && (
        <TakeInstead fact={fact} resumeId={resumeId} said={wordsOf(change?.from)} />
      )}
      {isOpen && <Correction fact={fact} resumeId={resumeId} onDone={() => setOpen(false)} />}
    </li>
  );
}

/** Of a place its parts are corrected, among the facts. */
function canCorrect({ standing, leaf, place }: ReadFact): boolean {
  return place !== undefined || (standing === "new" && leaf !== "address");
}

function wordsOf(said: unknown): string {
  return [said].flat().join(", ");
}

interface ChangeInput {
  readonly fact: ReadFact;
  readonly resumeId: string;
}

function TakeInstead({ fact, resumeId, said }: ChangeInput & { readonly said: string }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const { change, value } = fact;
  const take = useMutation({
    mutationFn: (id: string) => client.acceptResume(resumeId, { changes: [id] }),
    onSettled: () => lookAgain(queries),
  });
  if (change === undefined) return null;
  return (
    <div className="read-fact-more">
      <p className="small">
        <bdi>{startStrings.profileSays(said)}</bdi>
      </p>
      {take.error !== null && <ProblemNotice error={take.error} />}
      <ActButton
        className="small"
        isBusy={take.isPending}
        aria-label={startStrings.takeOf(startStrings.leaf(fact), value)}
        onPress={() => take.mutate(change.id)}
      >
        {startStrings.take}
      </ActButton>
    </div>
  );
}

function Correction({ fact, resumeId, onDone }: ChangeInput & { readonly onDone: () => void }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const { value, change, place } = fact;
  const said = typeof change?.from === "string" ? change.from : value;
  const { forget, ...draft } = useDraft({
    drafts: correctionDrafts,
    key: correctionKey({ fact, resumeId }),
    saved: said,
  });
  const text = draft.value;
  const [isBegun] = useState(!draft.isUnsaved);
  const leave = () => {
    forget();
    onDone();
  };
  const save = useMutation({
    mutationFn: () => correctFact(client, { fact, resumeId }, text),
    onSuccess: leave,
    onSettled: () => lookAgain(queries),
  });
  return (
    <Form
      className="read-fact-more"
      {...(isBegun ? { ref: focusFirst } : {})}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextField value={text} onChange={(words) => draft.change(() => words)} isRequired>
        <Label>{startStrings.leaf(fact)}</Label>
        {said.length > longText ? <TextArea dir="auto" rows={4} /> : <Input dir="auto" />}
        <Text slot="description">{startStrings.correctHint(place === undefined)}</Text>
      </TextField>
      {save.error !== null && <ProblemNotice error={save.error} />}
      <div className="read-fact-acts">
        <ActButton type="submit" className="primary" isBusy={save.isPending}>
          {startStrings.save}
        </ActButton>
        <Button className="quiet" onPress={leave}>
          {startStrings.leave}
        </Button>
      </div>
    </Form>
  );
}
