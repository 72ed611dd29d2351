import { type Resume, type ResumeDetail, parseFailureTexts } from "@valet/contracts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useConsole } from "../../app/console-context.ts";
import { resumesQuery } from "../../new/resumes-query.ts";
import { newStrings } from "../../strings/new-strings.ts";
import { startStrings } from "../../strings/start-strings.ts";
import { ActButton } from "../../ui/act-button.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { clockWords } from "../../ui/time-words.ts";
import { useNow } from "../../ui/use-now.ts";
import { AboutYou } from "../about-you.tsx";
import { resumeQuery } from "../profile-queries.ts";
import { ResumeDrop } from "./resume-drop.tsx";
import "./resume.css";
import { Understood } from "./understood.tsx";

const route = getRouteApi("/signed-in/start");

/** Gives Valet a résumé and shows what it makes of it. */
export function ResumePage() {
  const { client } = useConsole();
  const navigate = useNavigate();
  const { resume: chosen } = route.useSearch();
  const { data: resumes, error, refetch } = useQuery(resumesQuery(client));
  const shown = resumes?.find(({ id }) => id === chosen) ?? resumes?.[0];
  const show = (id: string) => void navigate({ to: "/start", search: { resume: id } });
  return (
    <AboutYou>
      {resumes === undefined && error === null && <p className="faint">{startStrings.loading}</p>}
      {error !== null && <ProblemNotice error={error} retry={() => void refetch()} />}
      {resumes !== undefined && (
        <>
          {resumes.length === 0 && <p>{startStrings.none}</p>}
          <ResumeDrop isFirst={resumes.length === 0} onStored={({ id }) => show(id)} />
          {resumes.length > 1 && (
            <ShownChoice resumes={resumes} shown={shown?.id ?? ""} onShow={show} />
          )}
        </>
      )}
      {shown !== undefined && <ShownResume key={shown.id} resumeId={shown.id} />}
    </AboutYou>
  );
}

interface ShownChoiceInput {
  readonly resumes: readonly Resume[];
  readonly shown: string;
  readonly onShow: (resumeId: string) => void;
}

function ShownChoice({ resumes, shown, onShow }: ShownChoiceInput) {
  const now = useNow("half-minute");
  return (
    <label className="shown-choice">
      <span className="small faint">{startStrings.shown}</span>
      <select
        className="field-input"
        value={shown}
        onChange={({ currentTarget }) => onShow(currentTarget.value)}
      >
        {resumes.map(({ id, fileName, createdAt }) => (
          <option key={id} value={id}>
            {newStrings.resumeOf(fileName, clockWords(createdAt, now))}
          </option>
        ))}
      </select>
    </label>
  );
}

function ShownResume({ resumeId }: { readonly resumeId: string }) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const { data: resume, error, refetch } = useQuery(resumeQuery(client, resumeId));
  const again = useMutation({
    mutationFn: () => client.reparseResume(resumeId),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["resume", resumeId] }),
  });
  if (resume === undefined) {
    return error === null ? null : <ProblemNotice error={error} retry={() => void refetch()} />;
  }
  return (
    <>
      <Stages resume={resume} />
      {resume.failure !== null && (
        <div className="notice" data-tone="bad" role="alert">
          <p>{parseFailureTexts[resume.failure.reason]}</p>
        </div>
      )}
      {again.error !== null && <ProblemNotice error={again.error} />}
      {(resume.failure !== null || (resume.parsed !== null && resume.lines.length === 0)) && (
        <div>
          <ActButton isBusy={again.isPending} onPress={() => again.mutate()}>
            {startStrings.again}
          </ActButton>
        </div>
      )}
      {resume.parsed !== null && <Understood resume={resume} />}
    </>
  );
}

/** Where the file is: it moves on by itself. */
function Stages({
  resume: { fileName, state, failure, parsed },
}: {
  readonly resume: ResumeDetail;
}) {
  const isRead = parsed !== null && state === "ready";
  const words = isRead
    ? `${startStrings.stages.read}: ${startStrings.values(Object.keys(parsed.sources).length)}`
    : failure === null
      ? `${startStrings.stages.reading} …`
      : startStrings.stages.failed;
  return (
    <output className="stages" aria-label={startStrings.stages.list}>
      <bdi className="stages-name">{fileName}</bdi>
      <span className="badge" data-tone="good">
        <span className="badge-mark" aria-hidden="true" />
        {startStrings.stages.stored}
      </span>
      <span className="badge" data-tone={isRead ? "good" : failure === null ? "busy" : "bad"}>
        <span className="badge-mark" aria-hidden="true" />
        {words}
      </span>
    </output>
  );
}
