import { type FormEvent, useState } from "react";

import type { FieldErrors } from "../../form-field.ts";
import type { WorkableForm } from "../workable-form.ts";
import { type Answer, Question } from "./question.tsx";

interface Reply {
  readonly kind: "stored" | "refused" | "said";
  readonly heading?: string;
  readonly text?: string;
  readonly errors?: FieldErrors;
}

/** The form, drawn anew at every change; its answer comes in place. */
export function ApplicationPage({ form }: { readonly form: WorkableForm }) {
  const [answers, setAnswers] = useState<Readonly<Record<string, Answer>>>({});
  const [reply, setReply] = useState<Reply | undefined>();
  const [isChallenged, setChallenged] = useState(false);
  const [isSending, setSending] = useState(false);

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // The challenge comes after the click, and only its answer sends the form.
    if (form.asks) return setChallenged(true);
    setSending(true);
    const response = await fetch(location.href, { method: "POST", body: bodyOf(answers) });
    setSending(false);
    // Boundary: our own server's answer.
    setReply((await response.json()) as Reply);
  };

  if (reply?.kind === "stored" || reply?.kind === "said") {
    return (
      <section data-ui="application-result">
        <h2>{reply.heading}</h2>
        <p>{reply.text}</p>
      </section>
    );
  }
  const errors = reply?.errors ?? {};
  const question = (field: WorkableForm["basics"][number]) => (
    <Question
      key={field.id}
      field={field}
      choose={form.choose}
      error={errors[field.id]}
      answer={answers[field.id]}
      onAnswer={(answer) => setAnswers((before) => ({ ...before, [field.id]: answer }))}
    />
  );
  return (
    <form data-ui="application-form" noValidate onSubmit={(event) => void send(event)}>
      {reply?.kind === "refused" && <div role="alert">{reply.text}</div>}
      {form.basics.map(question)}
      {form.questions.map(question)}
      {isChallenged && (
        <div className="cf-turnstile challenge" data-sitekey="practice">
          <p>Verify that you are a person</p>
          <iframe title="Widget containing a challenge" src="/practice/challenge" />
        </div>
      )}
      <button type="submit" data-ui="apply-button" disabled={isSending}>
        {form.submit}
      </button>
    </form>
  );
}

function bodyOf(answers: Readonly<Record<string, Answer>>): FormData {
  const body = new FormData();
  for (const [id, answer] of Object.entries(answers)) {
    for (const value of Array.isArray(answer) ? answer : [answer]) body.append(id, value);
  }
  return body;
}
