import { type Resume, maxResumeBytes } from "@valet/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button, DropZone, FileTrigger, type FileDropItem, Text } from "react-aria-components";
import { useConsole } from "../../app/console-context.ts";
import { resumesQuery } from "../../new/resumes-query.ts";
import { startStrings } from "../../strings/start-strings.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";

interface ResumeDropInput {
  /** None is stored yet: this is what the page is for. */
  readonly isFirst: boolean;
  readonly onStored: (resume: Resume) => void;
}

const types = [
  ".pdf",
  ".docx",
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
];

/** Takes a file by drop, by paste or by choice; what it is worth, the server says. */
export function ResumeDrop({ isFirst, onStored }: ResumeDropInput) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<string>();
  const [note, setNote] = useState<string>();
  const upload = useMutation({
    mutationFn: (file: File) => client.uploadResume({ fileName: file.name, body: file }),
    onSuccess: async (resume) => {
      await queries.invalidateQueries({ queryKey: resumesQuery(client).queryKey });
      onStored(resume);
    },
  });
  const take = (files: readonly File[]) => {
    const [file] = files;
    setNote(
      files.length > 1 && file !== undefined ? startStrings.drop.onlyOne(file.name) : undefined,
    );
    setRefusal(refusalOf(file));
    upload.reset();
    if (file !== undefined && refusalOf(file) === undefined) upload.mutate(file);
  };
  return (
    <div className="drop">
      <DropZone
        className="drop-zone card"
        data-first={isFirst || undefined}
        aria-label={startStrings.drop.title}
        onDrop={({ items }) => {
          const dropped = items.filter((item): item is FileDropItem => item.kind === "file");
          void Promise.all(dropped.map((item) => item.getFile())).then(take);
        }}
      >
        <Text slot="label">{isFirst ? startStrings.drop.label : startStrings.drop.another}</Text>
        <FileTrigger
          acceptedFileTypes={types}
          onSelect={(files) => {
            if (files !== null && files.length > 0) take([...files]);
          }}
        >
          <Button className={isFirst ? "primary" : ""}>{startStrings.drop.choose}</Button>
        </FileTrigger>
      </DropZone>
      <output className="small">
        {upload.isPending ? startStrings.drop.sending(upload.variables.name) : note}
      </output>
      {refusal !== undefined && (
        <p className="notice" data-tone="bad" role="alert">
          {refusal}
        </p>
      )}
      {upload.error !== null && <ProblemNotice error={upload.error} />}
    </div>
  );
}

/** What need not be sent to be refused: the server would cut the line in the middle of it. */
function refusalOf(file: File | undefined): string | undefined {
  if (file === undefined) return startStrings.drop.noFile;
  if (file.size <= maxResumeBytes) return undefined;
  return startStrings.drop.tooBig(file.name, (file.size / 1024 / 1024).toFixed(1));
}
