import type { ValetClient } from "@valet/client";
import { type Approval, type FieldValue, type TaskDetail, ValetError } from "@valet/contracts";
import { askYesNo } from "../ask-yes-no.ts";
import { usageError } from "../describe-error.ts";
import { printableText } from "../render/printable-text.ts";
import { reviewTable, valueText } from "../render/review-table.ts";
import type { VerbDeps } from "../verb.ts";
import { parseOverrides } from "./parse-overrides.ts";

export interface ApproveReviewInput {
  readonly task: TaskDetail;
  /** `fieldId=value` pairs. */
  readonly set: readonly string[];
  /** Approve without asking. */
  readonly yes: boolean;
  /** Approve without asking, and only if this is what is shown. */
  readonly digest: string | undefined;
}

export type ApproveOutcome =
  | { readonly kind: "approved"; readonly approval: Approval }
  | { readonly kind: "declined" };

/** Shows the whole review, asks, and approves exactly what was shown with the corrections. */
export async function approveReview(
  deps: Pick<VerbDeps, "context" | "output"> & { readonly client: ValetClient },
  input: ApproveReviewInput,
): Promise<ApproveOutcome> {
  const { context, output, client } = deps;
  const { task } = input;
  const shown = shownDigest(task);
  if (input.digest !== undefined && input.digest !== shown) throw staleDigest();
  const fieldOverrides = parseOverrides(input.set, task.fields);
  showReview(deps, { task, fieldOverrides });
  if (!input.yes && input.digest === undefined) {
    if (context.stdin.isTTY !== true) throw needsAnswer();
    const question = "Send exactly this application?";
    if (!(await askYesNo(context, output.noteColors.bold(question)))) return { kind: "declined" };
  }
  const approval = await client.approveTask(
    task.id,
    { digest: shown, fieldOverrides },
    context.signal,
  );
  return { kind: "approved", approval };
}

/** @throws `NO_OPEN_REVIEW` when this application does not wait for one */
function shownDigest({ humanStep, state }: TaskDetail): string {
  if (humanStep?.kind === "review" && humanStep.digest !== undefined) return humanStep.digest;
  throw new ValetError(
    "NO_OPEN_REVIEW",
    `This application is ${state.replaceAll("_", " ")}; there is nothing to approve.`,
    { state },
  );
}

/** With `--json` the review is said on standard error: nobody approves what was not shown. */
function showReview(
  { context, output }: Pick<VerbDeps, "context" | "output">,
  { task, fieldOverrides }: { task: TaskDetail; fieldOverrides: Record<string, FieldValue> },
): void {
  const { progress, progressColors: colors } = output;
  const width = progress.columns ?? context.stdout.columns ?? 120;
  const lines = [
    `${colors.bold("Review of")} ${printableText(task.jobUrl)}`,
    "",
    reviewTable(task.fields, { colors, width }),
    "",
    ...Object.entries(fieldOverrides).map(
      ([id, value]) =>
        `${colors.yellow("will be changed")} ${id} → ${printableText(valueText(value))}`,
    ),
  ];
  progress.write(`${lines.join("\n")}\n`);
}

function staleDigest(): ValetError {
  return new ValetError(
    "STALE_REVIEW",
    "The review shows something else now than this digest stands for. Nothing was approved. Look again with `valet approve ID`.",
  );
}

function needsAnswer(): ValetError {
  return usageError(
    "Nobody can be asked here, since the input is no terminal. Give --yes, or --digest with the digest that was reviewed.",
  );
}
