import { waitsBecause } from "@valet/client";
import type { ListedTask } from "@valet/contracts";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { strings } from "../strings/en.ts";
import { StateBadge } from "../ui/state-badge.tsx";
import { agoWords } from "../ui/time-words.ts";
import { toneOf } from "../ui/tone.ts";
import { useNow } from "../ui/use-now.ts";
import { needsPerson } from "./arrange-rows.ts";
import { employerName, jobTitle } from "./job-name.ts";

interface ApplicationRowInput {
  readonly task: ListedTask;
  readonly isSelected: boolean;
  readonly onSelect: (taskId: string, isSelected: boolean) => void;
}

export const ApplicationRow = memo(function ApplicationRow(input: ApplicationRowInput) {
  const { task, isSelected, onSelect } = input;
  const title = jobTitle(task);
  const employer = employerName(task);
  return (
    <div className="row" data-tone={toneOf(task)} data-selected={isSelected || undefined}>
      <label className="row-pick">
        <input
          type="checkbox"
          checked={isSelected}
          onChange={({ currentTarget }) => onSelect(task.id, currentTarget.checked)}
        />
        <span className="sr-only">{strings.board.select(title, employer)}</span>
      </label>
      <div className="row-job">
        <Link className="row-link" to="/applications/$id" params={{ id: task.id }}>
          <bdi>{title}</bdi>
        </Link>
        <span className="row-employer">
          <bdi>{employer}</bdi>
          <span className="row-dot">·</span>
          {strings.platform(task.platform)}
        </span>
      </div>
      <div className="row-state">
        <StateBadge task={task} />
        <span className="row-note">{noteOf(task)}</span>
      </div>
      <Ago at={task.createdAt} />
      <Share task={task} />
    </div>
  );
});

function Ago({ at }: { readonly at: string }) {
  const now = useNow("half-minute");
  return (
    <time className="row-time numbers" dateTime={at}>
      {agoWords(at, now)}
    </time>
  );
}

/** How far it is, as long as that changes. */
function Share({ task: { pct, state, finishedAt } }: { readonly task: ListedTask }) {
  if (finishedAt !== null || state === "created" || state === "queued") return null;
  return (
    <progress className="row-share" max={100} value={pct} aria-label={strings.board.done(pct)} />
  );
}

/** One line on why it stands where it does. */
function noteOf(task: ListedTask): string {
  const { queue, state, outcome, reason, rehearsal, mode } = task;
  if (queue !== null) return waitsBecause(queue) ?? "";
  if (needsPerson(task)) return strings.board.asks[outcome ?? state] ?? "";
  if (state === "cancelled") return "";
  if (outcome !== null) return reason === null ? "" : strings.reason(reason);
  return rehearsal ? strings.board.rehearsal(mode) : mode;
}
