import { waitsBecause } from "@valet/client";
import type { Task, TaskDetail } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button } from "react-aria-components";
import { useConsole } from "../app/console-context.ts";
import { employerName, jobTitle, webAddress } from "../board/job-name.ts";
import { applicationStrings } from "../strings/application-strings.ts";
import { strings } from "../strings/en.ts";
import { ActButton } from "../ui/act-button.tsx";
import { AskDialog } from "../ui/ask-dialog.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { StateBadge } from "../ui/state-badge.tsx";
import { clockWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";
import { taskQuery } from "./task-queries.ts";

export function ApplicationHeader({ task }: { readonly task: TaskDetail }) {
  const now = useNow("half-minute");
  const posting = webAddress(task.jobUrl);
  const why = task.queue === null ? undefined : waitsBecause(task.queue);
  return (
    <header className="application-head">
      <Link to="/" className="small application-back">
        {applicationStrings.back}
      </Link>
      <h1>
        <bdi>{jobTitle(task)}</bdi>
      </h1>
      <p className="application-place">
        <strong>
          <bdi>{employerName(task)}</bdi>
        </strong>
        {task.posting.location !== undefined && (
          <span>
            <bdi>{task.posting.location}</bdi>
          </span>
        )}
        <span>{strings.platform(task.platform)}</span>
        {posting !== undefined && (
          <a href={posting} target="_blank" rel="noreferrer">
            {applicationStrings.posting}
          </a>
        )}
      </p>
      <div className="application-now" aria-live="polite">
        <StateBadge task={task} />
        <span className="faint small">
          {task.rehearsal ? strings.board.rehearsal(task.mode) : task.mode}
          {" · "}
          <time dateTime={task.createdAt}>
            {applicationStrings.since(clockWords(task.createdAt, now))}
          </time>
        </span>
      </div>
      {why !== undefined && <p className="small">{applicationStrings.waitsBecause(why)}</p>}
      <div className="application-acts">
        <CancelAct task={task} />
        <RetryAct task={task} />
      </div>
    </header>
  );
}

/** Not once something may have been sent. */
function mayCancel({ state, finishedAt }: Task): boolean {
  return finishedAt === null && state !== "submitting" && state !== "verifying";
}

function CancelAct({ task }: { readonly task: TaskDetail }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () => client.cancelTask(task.id),
    onSuccess: () => setAsking(false),
    onSettled: () => queries.invalidateQueries(taskQuery(client, task.id)),
  });
  if (!mayCancel(task) && !isAsking) return null;
  return (
    <>
      <Button className="danger" onPress={() => setAsking(true)}>
        {applicationStrings.cancel}
      </Button>
      {isAsking && (
        <AskDialog title={applicationStrings.cancelTitle} onClose={() => setAsking(false)}>
          <p>{applicationStrings.cancelText}</p>
          {cancel.error !== null && <ProblemNotice error={cancel.error} />}
          <div className="dialog-actions">
            <Button onPress={() => setAsking(false)}>{applicationStrings.keep}</Button>
            <ActButton className="danger" isBusy={cancel.isPending} onPress={() => cancel.mutate()}>
              {applicationStrings.cancelIt}
            </ActButton>
          </div>
        </AskDialog>
      )}
    </>
  );
}

function RetryAct({ task }: { readonly task: TaskDetail }) {
  const { client } = useConsole();
  const navigate = useNavigate();
  const retry = useMutation({
    mutationFn: () => client.retryTask(task.id),
    onSuccess: ({ id }) => navigate({ to: "/applications/$id", params: { id } }),
  });
  const mayRetry = task.outcome === "not_submitted" || task.outcome === "rejected";
  if (!mayRetry) return null;
  return (
    <>
      <ActButton isBusy={retry.isPending} onPress={() => retry.mutate()}>
        {applicationStrings.retry}
      </ActButton>
      {retry.error !== null && <ProblemNotice error={retry.error} />}
    </>
  );
}
