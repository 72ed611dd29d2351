import type { Resume } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useConsole } from "../app/console-context.ts";
import { newStrings } from "../strings/new-strings.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { clockWords } from "../ui/time-words.ts";
import { useNow } from "../ui/use-now.ts";
import { resumesQuery } from "./resumes-query.ts";

interface ResumeChoiceInput {
  readonly resumes: readonly Resume[];
  readonly chosen: string | undefined;
  readonly onChoose: (resumeId: string) => void;
}

/** One of those that are stored, or a new file, which is then chosen. */
export function ResumeChoice({ resumes, chosen, onChoose }: ResumeChoiceInput) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const now = useNow("half-minute");
  const upload = useMutation({
    mutationFn: (file: File) => client.uploadResume({ fileName: file.name, body: file }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: resumesQuery(client).queryKey });
      onChoose(id);
    },
  });
  const asked = resumes.length === 0 ? newStrings.firstFile : newStrings.anotherFile;
  return (
    <div className="new-resume">
      <label htmlFor="resume" className="new-label">
        {newStrings.resume}
      </label>
      {resumes.length > 0 && (
        <select
          id="resume"
          className="field-input"
          value={chosen ?? ""}
          onChange={({ currentTarget }) => onChoose(currentTarget.value)}
        >
          {resumes.map(({ id, fileName, createdAt }) => (
            <option key={id} value={id}>
              {newStrings.resumeOf(fileName, clockWords(createdAt, now))}
            </option>
          ))}
        </select>
      )}
      <label className="new-upload small">
        <span>{upload.isPending ? newStrings.uploading : asked}</span>
        <input
          {...(resumes.length === 0 ? { id: "resume" } : {})}
          type="file"
          accept=".pdf,.docx,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.item(0);
            if (file != null) upload.mutate(file);
          }}
        />
      </label>
      {upload.error !== null && <ProblemNotice error={upload.error} />}
    </div>
  );
}
