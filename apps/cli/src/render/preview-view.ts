import type { PreviewQuestion, TaskPreview } from "@valet/contracts";
import { columnTable } from "./column-table.ts";
import { printableText, shorten } from "./printable-text.ts";

/** What applying for a job would ask, for people. */
export function previewView(preview: TaskPreview): string {
  const { posting, site, message, questions, isFirstPageOnly, earlier } = preview;
  const job = [posting.title, posting.company, posting.location].filter(
    (word) => word !== undefined,
  );
  const lines = [
    ...(job.length === 0 ? [] : [printableText(job.join(" · "))]),
    `${site}: ${message}`,
    ...(earlier === null
      ? []
      : [`You have an application for this job already: ${earlier.taskId} (${earlier.state}).`]),
    ...(questions === null
      ? ["What the form asks shows once you apply: the site does not publish it."]
      : questionLines(questions)),
    ...(isFirstPageOnly ? ["The form has further pages, which are not known yet."] : []),
  ];
  return lines.join("\n");
}

function questionLines(questions: readonly PreviewQuestion[]): string[] {
  const asked = questions.filter(({ action }) => action === "ask").length;
  const rows = questions.map(({ question, required, action, value, source, why }) => [
    shorten(printableText(question), 60),
    required ? "required" : "",
    action,
    shorten(printableText(textOf(value)), 30),
    source ?? "",
    shorten(printableText(why), 60),
  ]);
  return [
    "",
    columnTable([["question", "", "action", "answer", "from", "why"], ...rows]),
    "",
    asked === 0
      ? "Everything that must be answered is known."
      : `${asked} of ${questions.length} questions will be asked of you.`,
  ];
}

function textOf(value: PreviewQuestion["value"]): string {
  if (value === null) return "";
  return typeof value === "boolean" ? (value ? "Yes" : "No") : [value].flat().join(", ");
}
