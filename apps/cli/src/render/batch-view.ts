import type { Batch, BatchJob } from "@valet/contracts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";
import { printableText, shorten } from "./printable-text.ts";
import { outcomeText } from "@valet/client";

/** Batches, newest first, one a line. */
export function batchTable(batches: readonly Batch[], colors: Colors): string {
  const head = ["id", "state", "jobs", "progress"].map((title) => colors.dim(title));
  const rows = batches.map((batch) => [
    batch.id,
    batch.state,
    String(batch.counts.jobs),
    progressText(batch),
  ]);
  return columnTable([head, ...rows]);
}

/** How far the whole is, in one line. */
export function progressText({ counts }: Pick<Batch, "counts">): string {
  const parts = [...Object.entries(counts.byState), ...Object.entries(counts.outcomes)];
  return parts.map(([name, count]) => `${count} ${name.replaceAll("_", " ")}`).join(", ");
}

/** What became of each job, one a line. */
export function batchJobTable(
  jobs: readonly BatchJob[],
  { colors, width }: { readonly colors: Colors; readonly width: number },
): string {
  const head = ["line", "state", "application", "outcome", "job"].map((title) => colors.dim(title));
  const room = Math.max(20, width - 95);
  const rows = jobs.map(({ line, state, duplicateOf, code, task, jobUrl }) => [
    String(line),
    duplicateOf === null
      ? (code ?? task?.state ?? state).replaceAll("_", " ")
      : `as ${duplicateOf}`,
    task?.id ?? "–",
    task === null ? "–" : outcomeText(task),
    shorten(printableText(jobUrl), room),
  ]);
  return columnTable([head, ...rows]);
}

/** What the batch wants to know, each question with its id and its options. */
export function batchQuestionLines({ questions }: Pick<Batch, "questions">): string[] {
  return questions.flatMap(({ id, question, options, lines, answer }) => [
    `${id}  ${printableText(question)} (${lines.length} of the jobs${answer === null ? "" : ", answered"})`,
    ...(options.length === 0 ? [] : [`    one of: ${options.map(printableText).join(" | ")}`]),
  ]);
}
