import type { BatchJob } from "@valet/contracts";
import { Link } from "@tanstack/react-router";
import { jobTitle } from "../board/job-name.ts";
import { strings } from "../strings/en.ts";
import { ActButton } from "../ui/act-button.tsx";
import { StateBadge } from "../ui/state-badge.tsx";

interface BatchJobsInput {
  readonly jobs: readonly BatchJob[];
  readonly more: { readonly isLoading: boolean; readonly load: () => void } | undefined;
}

/** Every line that was given, those too that came to no application. */
export function BatchJobs({ jobs, more }: BatchJobsInput) {
  return (
    <section className="card panel" aria-labelledby="batch-jobs">
      <h2 id="batch-jobs">{strings.batch.jobs.title}</h2>
      <ol className="batch-jobs">
        {jobs.map((job) => (
          <li key={job.line} className="batch-job" data-state={job.state}>
            <span className="faint small numbers">
              <span className="sr-only">{strings.batch.jobs.line(job.line)}</span>
              <span aria-hidden="true">{job.line}</span>
            </span>
            <JobName job={job} />
            <JobState job={job} />
          </li>
        ))}
      </ol>
      {more !== undefined && (
        <ActButton isBusy={more.isLoading} onPress={more.load}>
          {strings.batch.jobs.more}
        </ActButton>
      )}
    </section>
  );
}

function JobName({ job: { jobUrl, state, task } }: { readonly job: BatchJob }) {
  const title = <bdi>{jobTitle({ jobUrl, employer: null, posting: {} })}</bdi>;
  return (
    <span className="batch-job-name">
      {state === "started" && task !== null ? (
        <Link to="/applications/$id" params={{ id: task.id }}>
          {title}
        </Link>
      ) : (
        title
      )}
      <bdi className="small faint">{jobUrl.replace(/^https?:\/\//u, "")}</bdi>
    </span>
  );
}

function JobState({ job: { state, task, duplicateOf, code } }: { readonly job: BatchJob }) {
  const words = strings.batch.jobs;
  if (state === "started") {
    return task === null ? words.states.started : <StateBadge task={{ ...task, queue: null }} />;
  }
  if (state === "duplicate") return words.duplicate(duplicateOf ?? 0);
  if (state === "refused") return words.refused(code);
  return (
    <span>
      {words.states[state]}{" "}
      {task !== null && (
        <Link to="/applications/$id" params={{ id: task.id }}>
          {words.other}
        </Link>
      )}
    </span>
  );
}
