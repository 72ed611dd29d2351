import type { FileToAttach, FormPage } from "@valet/forms";

/** The résumé for each field of the page that asks for one, by field id. */
export function resumeFiles(form: FormPage, resume: FileToAttach): Record<string, FileToAttach> {
  const resumeFields = form.fields.filter(
    ({ kind, meaning }) => kind === "file" && meaning === "resume",
  );
  return Object.fromEntries(resumeFields.map(({ id }) => [id, resume]));
}
