import { type FieldValue, type ShownField, type TaskDetail, isValetError } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { useConsole } from "../../app/console-context.ts";
import { useDraft } from "../../app/use-draft.ts";
import { employerName, jobTitle } from "../../board/job-name.ts";
import { reviewStrings } from "../../strings/application-strings.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { Countdown } from "../../ui/countdown.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { wrongFields } from "../question-form.tsx";
import { noChanges, reviewDrafts } from "../task-drafts.ts";
import { taskQuery } from "../task-queries.ts";
import type { TaskStory } from "../use-task-story.ts";
import { FieldList } from "./field-list.tsx";
import "./review.css";
import { type Changes, differences, stillMeant, withChange } from "./review-changes.ts";
import { valueWords } from "./value-words.ts";

interface ReviewPanelInput {
  readonly task: TaskDetail;
  readonly story: TaskStory;
}

interface Seen {
  readonly stepId: string;
  readonly digest: string;
  readonly fields: readonly ShownField[];
}

/** Shows what would be sent as long as that is asked; afterwards for a moment how it was settled. */
export function ReviewPanel({ task, story }: ReviewPanelInput) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const {
    value: changes,
    change: draft,
    forget,
  } = useDraft({
    drafts: reviewDrafts,
    key: task.id,
    saved: noChanges,
  });
  const [seen, setSeen] = useState<Seen>();
  const step = task.humanStep?.kind === "review" ? task.humanStep : undefined;
  const { id: taskId, fields } = task;
  const now = useMemo(
    () =>
      step?.digest === undefined ? undefined : { stepId: step.id, digest: step.digest, fields },
    [step, fields],
  );
  if (now !== undefined && seen === undefined) setSeen(now);
  const approve = useMutation({
    mutationFn: (approved: { readonly digest: string; readonly fieldOverrides: Changes }) =>
      client.approveTask(taskId, approved),
    onSuccess: forget,
    onSettled: () => queries.invalidateQueries(taskQuery(client, taskId)),
  });
  const change = useCallback(
    (field: ShownField, value: FieldValue) => draft((before) => withChange(before, field, value)),
    [draft],
  );
  if (now === undefined || step === undefined) {
    if (seen === undefined) return null;
    return <Settled seen={seen} story={story} isMine={approve.isSuccess} task={task} />;
  }
  const isOther = seen !== undefined && seen.digest !== now.digest;
  const different = isOther ? differences(seen.fields, fields) : [];
  const meant = stillMeant(changes, fields);
  const names = { title: jobTitle(task), employer: employerName(task) };
  return (
    <section className="card panel review asks" aria-labelledby="review-title">
      <div className="panel-head">
        <h2 id="review-title">{reviewStrings.title}</h2>
        <Countdown until={step.expiresAt} />
      </div>
      <p className="faint">{task.rehearsal ? reviewStrings.introRehearsal : reviewStrings.intro}</p>
      {isOther && (
        <div className="notice" data-tone="ask" role="alert">
          <p>{reviewStrings.changed(different.length)}</p>
          <Button onPress={() => setSeen(now)}>{reviewStrings.looked}</Button>
        </div>
      )}
      <FieldList
        fields={fields}
        changes={meant}
        different={different}
        wrong={wrongFields(approve.error)}
        onChange={change}
      />
      <footer className="review-foot">
        <ChangeList fields={fields} changes={meant} />
        {approve.error !== null && !isStale(approve.error) && (
          <ProblemNotice error={approve.error} />
        )}
        <ActButton
          className="primary review-approve"
          isBusy={approve.isPending}
          isDisabled={isOther}
          onPress={() => approve.mutate({ digest: now.digest, fieldOverrides: meant })}
        >
          <bdi>{task.rehearsal ? reviewStrings.rehearse(names) : reviewStrings.approve(names)}</bdi>
        </ActButton>
        <p className="small faint">{isOther ? reviewStrings.lookFirst : reviewStrings.once}</p>
      </footer>
    </section>
  );
}

/** Then the new review says more than the refusal. */
function isStale(error: unknown): boolean {
  return isValetError(error, "STALE_REVIEW");
}

/** The others are marked in the list above. */
const mostNamed = 4;

function ChangeList({
  fields,
  changes,
}: {
  readonly fields: readonly ShownField[];
  readonly changes: Changes;
}) {
  const changed = fields.filter(({ id }) => id in changes);
  return (
    <div aria-live="polite">
      <p className="review-count">{reviewStrings.changes(changed.length)}</p>
      {changed.length > 0 && (
        <ul className="review-changes small">
          {changed.slice(0, mostNamed).map((field) => (
            <li key={field.id}>
              <bdi>{field.label}</bdi>: <del>{valueWords(field.value) || reviewStrings.empty}</del>
              {" → "}
              <ins>{valueWords(changes[field.id] ?? null) || reviewStrings.empty}</ins>
            </li>
          ))}
          {changed.length > mostNamed && (
            <li>{reviewStrings.moreChanges(changed.length - mostNamed)}</li>
          )}
        </ul>
      )}
    </div>
  );
}

interface SettledInput {
  readonly seen: Seen;
  readonly story: TaskStory;
  readonly task: TaskDetail;
  readonly isMine: boolean;
}

/** Whoever had it open learns what became of it, also when somebody else was faster. */
function Settled({ seen, story, task, isMine }: SettledInput) {
  const done = story.events.findLast(
    (event) => event.type === "human_done" && event.data.stepId === seen.stepId,
  );
  if (task.outcome !== null) return null;
  const how = done?.type === "human_done" ? done.data.outcome : "done";
  return (
    <output className="notice" data-tone={isMine ? "good" : "ask"}>
      {isMine ? reviewStrings.mine : reviewStrings.settled(how)}
    </output>
  );
}
