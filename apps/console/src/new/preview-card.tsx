import type { TaskPreview } from "@valet/contracts";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useConsole } from "../app/console-context.ts";
import { reviewStrings } from "../strings/application-strings.ts";
import { newStrings } from "../strings/new-strings.ts";
import { strings } from "../strings/en.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";

/** Whether a job is open and what its form will ask, as far as that is known without a browser. */
export function PreviewCard({ jobUrl }: { readonly jobUrl: string }) {
  const { client } = useConsole();
  const preview = useQuery({
    queryKey: ["preview", jobUrl],
    queryFn: ({ signal }) => client.previewTask(jobUrl, signal),
    retry: false,
  });
  return (
    <section className="card panel" aria-label={jobUrl}>
      {preview.data === undefined ? (
        <h2 className="preview-url">
          <bdi>{jobUrl}</bdi>
        </h2>
      ) : (
        <Previewed preview={preview.data} />
      )}
      {preview.isPending && <p className="faint">{newStrings.looking}</p>}
      {preview.error !== null && (
        <ProblemNotice error={preview.error} retry={() => void preview.refetch()} />
      )}
    </section>
  );
}

function Previewed({ preview }: { readonly preview: TaskPreview }) {
  const { posting, site, message, liveness, questions, earlier, jobUrl } = preview;
  return (
    <>
      <h2 className="preview-url">
        <bdi>{posting.title ?? jobUrl}</bdi>
      </h2>
      <p className="application-place">
        {posting.company !== undefined && (
          <strong>
            <bdi>{posting.company}</bdi>
          </strong>
        )}
        {posting.location !== undefined && <bdi>{posting.location}</bdi>}
        <span>{strings.platform(site)}</span>
      </p>
      <p data-liveness={liveness}>{message}</p>
      {earlier !== null && (
        <p>
          {newStrings.earlier}{" "}
          <Link to="/applications/$id" params={{ id: earlier.taskId }}>
            {newStrings.lookAtIt}
          </Link>
        </p>
      )}
      {questions === null ? (
        <p className="faint">{newStrings.notPublished}</p>
      ) : (
        <Questions preview={preview} questions={questions} />
      )}
    </>
  );
}

function Questions({
  preview,
  questions,
}: {
  readonly preview: TaskPreview;
  readonly questions: NonNullable<TaskPreview["questions"]>;
}) {
  const open = questions.filter(({ action }) => action === "ask");
  const filled = questions.filter(({ action }) => action === "fill");
  return (
    <>
      <p>{newStrings.asks(questions.length, filled.length)}</p>
      {open.length > 0 && (
        <>
          <h3>{newStrings.onlyYou(open.length)}</h3>
          <ul className="preview-open">
            {open.map(({ question, required, why }) => (
              <li key={question}>
                <bdi>{question}</bdi>{" "}
                <span className="faint small">
                  {required ? `${reviewStrings.required}, ` : ""}
                  {why}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {preview.isFirstPageOnly && <p className="faint small">{newStrings.firstPageOnly}</p>}
    </>
  );
}
