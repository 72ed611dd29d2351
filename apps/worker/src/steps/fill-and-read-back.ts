import { EngineName, type PlannedField, type Profile } from "@valet/contracts";
import { type TaskAnswer, type TaskPage, savePage } from "@valet/db";
import { type FileToAttach, type FormPage, type PostingFacts, readBack } from "@valet/forms";
import type { FilledSitePage, SiteAdapter } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import type { LiveSession } from "../live-sessions.ts";
import { askQuestions, withoutAbsentChoices } from "./ask-questions.ts";
import { fieldsToSet, withFieldsByHand } from "./fields-by-hand.ts";
import { helpFields } from "./help-fields.ts";
import { type KnownRecipes, forgetFailed, recipesFor } from "./known-recipes.ts";
import type { PersonNeed } from "./person-texts.ts";
import { planPage } from "./plan-page.ts";
import { type Filling, fillWithReports } from "./report-filling.ts";
import { withDrafts } from "./with-drafts.ts";
import { resumeFiles } from "./resume-files.ts";

export interface PageToFill extends Pick<Filling, "task" | "input"> {
  readonly live: LiveSession;
  readonly adapter: SiteAdapter;
  readonly form: FormPage;
  readonly profile: Profile;
  readonly answers: readonly TaskAnswer[];
  readonly posting: PostingFacts;
  readonly stored: TaskPage | undefined;
  readonly resume: FileToAttach;
}

export type FillingEnd =
  | {
      readonly kind: "filled";
      readonly page: TaskPage;
      /** As it stands: a site that reads the résumé may have drawn it again. */
      readonly form: FormPage;
    }
  /** So many fields hold nothing of what was planned; whoever is next may help. */
  | { readonly kind: "left"; readonly left: number }
  | { readonly kind: "person"; readonly need: PersonNeed };

/** Brings a page to what is planned for it, reads it back and keeps what it holds. */
export async function fillAndReadBack(
  deps: WorkerDeps,
  work: PageToFill,
  signal: AbortSignal,
): Promise<FillingEnd> {
  const { task, input, live, adapter, resume } = work;
  const { page } = live;
  // What was planned for this page stands, however often it is filled.
  const first = await withFieldsByHand(
    deps,
    { taskId: task.id, page, form: work.form, plan: planOf(work, work.form) },
    signal,
  );
  const planFor = (form: FormPage): readonly PlannedField[] =>
    form.signature === work.form.signature ? first : planOf(work, form);
  const questions = await askQuestions({ page, form: work.form, plan: first }, signal);
  if (questions.length > 0) {
    const { id: taskId, userId } = task;
    const { profile, form } = work;
    const { fields } = form;
    const asked = await withDrafts(deps, { taskId, userId, profile, fields, questions }, signal);
    return needs({ kind: "question", questions: asked });
  }

  const isLast = work.form.buttons.next === undefined;
  // The last page's files belong to `upload-resume`; a page that is left must carry its own, and a site
  // that reads the résumé must have it before anything is typed.
  const isForUpload = isLast && !adapter.readsResume;
  const files = (form: FormPage) => (isForUpload ? {} : resumeFiles(form, resume));
  const plan = (form: FormPage) =>
    isForUpload ? planFor(form).filter(({ id }) => !isFile(form, id)) : planFor(form);
  const { form, report, missed } = await fillWithHelp(deps, { ...work, plan, files }, signal);
  if (missed.length > 0) {
    if (input.help !== "person") return { kind: "left", left: missed.length };
    return needs({ kind: "takeover", fields: fieldsToSet(form, missed) });
  }
  const settled = withoutAbsentChoices({ form, plan: planFor(form) }, report);
  const absent = await askQuestions({ page, form, plan: settled }, signal);
  if (absent.length > 0) return needs({ kind: "question", questions: absent });
  const fillable = settled.filter(({ id }) => !isForUpload || !isFile(form, id));
  const snapshot = await readBack(
    { page, form, plan: fillable, files: files(form), pageNumber: input.page },
    signal,
  );
  const { signature } = form;
  const filled = {
    page: input.page,
    signature,
    isLast,
    wasLeft: false,
    plan: [...settled],
    snapshot,
  };
  await savePage(deps.db, { taskId: task.id, epoch: task.epoch }, filled);
  return { kind: "filled", page: filled, form };
}

function needs(need: PersonNeed): FillingEnd {
  return { kind: "person", need };
}

function planOf(
  { task, profile, answers, posting, stored, resume }: PageToFill,
  form: FormPage,
): readonly PlannedField[] {
  if (stored?.signature === form.signature) return stored.plan;
  const { fields } = form;
  const { fileName } = resume;
  return planPage({ profile, answers, mode: task.mode, fields, resume: { fileName }, posting });
}

interface FilledWithHelp extends FilledSitePage {
  /** Ids of fields that do not hold what is planned for them. */
  readonly missed: readonly string[];
}

/** By the rules and by what once worked here, and then once more with what an engine has pointed at. */
async function fillWithHelp(
  deps: WorkerDeps,
  work: PageToFill & Pick<Filling, "plan" | "files">,
  signal: AbortSignal,
): Promise<FilledWithHelp> {
  const { task, input, live, adapter, form, plan, files, profile, answers } = work;
  const known = await recipesFor(deps, form);
  const { page, gate } = live;
  const filling = { task, input, gate, page, adapter, plan, files };
  const fill = async (from: FormPage, recipes: KnownRecipes): Promise<FilledWithHelp> => {
    const filled = await fillWithReports(deps, { ...filling, form: from, recipes }, signal);
    await forgetFailed(deps, filled);
    return { ...filled, missed: missedIn(deps, filled) };
  };
  const filled = await fill(form, known);
  const engine = EngineName.safeParse(input.help);
  if (!engine.success || filled.missed.length === 0) return filled;
  const { onProgress } = input;
  const found = await helpFields(
    deps,
    {
      taskId: task.id,
      userId: task.userId,
      live,
      engine: engine.data,
      form: filled.form,
      plan: plan(filled.form),
      known: [profile, answers.map(({ answer }) => answer)],
      missed: filled.missed,
      onProgress,
    },
    signal,
  );
  if (found.size === 0) return filled;
  // All of it is looked at again: what one field takes, another may lose.
  return fill(filled.form, (now) => ({ ...known(now), ...Object.fromEntries(found) }));
}

/** A list that lacks the choice will not have it for an engine either; one that shows nothing may. */
function missedIn({ engines }: WorkerDeps, { report }: FilledSitePage): readonly string[] {
  return report.fields
    .filter(({ ok, problem }) => !ok && problem !== "no_such_option")
    .filter(({ problem }) => problem !== "shows_no_options" || engines.names.length > 0)
    .map(({ id }) => id);
}

function isFile(form: FormPage, fieldId: string): boolean {
  return form.fields.some(({ id, kind }) => id === fieldId && kind === "file");
}
