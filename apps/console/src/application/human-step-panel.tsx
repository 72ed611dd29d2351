import type { HumanStep, HumanStepKind, TaskDetail } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FieldError, Form, Input, Label, TextField } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { controlOfWindow } from "../live-view/control-of-window.ts";
import { askStrings } from "../strings/application-strings.ts";
import { ActButton } from "../ui/act-button.tsx";
import { Countdown } from "../ui/countdown.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { QuestionForm } from "./question-form.tsx";
import { taskQuery } from "./task-queries.ts";

interface HumanStepPanelInput {
  readonly task: TaskDetail;
  readonly step: HumanStep;
}

/** What only the person can do, besides looking at a review. */
export function HumanStepPanel({ task, step }: HumanStepPanelInput) {
  return (
    <section className="card panel asks" aria-labelledby="asks-title">
      <div className="panel-head">
        <h2 id="asks-title">{askStrings.titles[step.kind]}</h2>
        <Countdown until={step.expiresAt} />
      </div>
      <p>{step.reason}</p>
      {step.kind === "question" ? (
        <QuestionForm taskId={task.id} questions={step.questions ?? []} />
      ) : (
        <AtThePage task={task} step={step} />
      )}
    </section>
  );
}

const doneByHandingBack: ReadonlySet<HumanStepKind> = new Set(["captcha", "sign_in", "consent"]);

/** Done in the application's own browser, which stands below; then it is said that it is done, which Valet looks at for itself. */
function AtThePage({ task, step }: HumanStepPanelInput) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const [code, setCode] = useState("");
  const done = useMutation({
    mutationFn: async () => {
      // In control, Valet could not look at the page: handing back says that it is done as well.
      if (doneByHandingBack.has(step.kind) && controlOfWindow(task.id) !== undefined) {
        return client.releaseTask(task.id);
      }
      if (step.kind === "captcha") return client.captchaSolved(task.id);
      const body = code.trim() === "" ? {} : { code: code.trim() };
      // Control is handed back; what a person had to fill in is said to be done.
      return step.kind === "takeover" && step.questions === undefined
        ? client.releaseTask(task.id)
        : client.humanStepDone(task.id, step.id, body);
    },
    onSettled: () => queries.invalidateQueries(taskQuery(client, task.id)),
  });
  const wantsCode = step.kind === "email_code";
  return (
    <Form
      className="asks-form"
      onSubmit={(event) => {
        event.preventDefault();
        done.mutate();
      }}
    >
      {wantsCode && (
        <TextField
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          className="react-aria-TextField asks-code"
        >
          <Label>{askStrings.code(step.codeLength)}</Label>
          <Input inputMode="text" spellCheck="false" />
          <FieldError />
        </TextField>
      )}
      {done.error !== null && <ProblemNotice error={done.error} />}
      <div className="asks-acts">
        <ActButton type="submit" className="primary" isBusy={done.isPending}>
          {wantsCode && code.trim() !== "" ? askStrings.sendCode : askStrings.done[step.kind]}
        </ActButton>
      </div>
      {done.isSuccess && <output>{askStrings.looking}</output>}
    </Form>
  );
}
