import { type FillPageInput, type Profile, ValetError } from "@valet/contracts";
import {
  type StepTry,
  type TaskAnswer,
  type TaskEnd,
  type TaskPage,
  type TaskRow,
  findOwnedTask,
  getProfile,
  listPages,
  listTaskAnswers,
  markPageLeft,
} from "@valet/db";
import {
  type FormPage,
  addRows,
  advance,
  asksForAccount,
  countEntries,
  readPosting,
} from "@valet/forms";
import { type SiteAdapter, adapterOf, openSiteForm } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import { type PageUse, onPage } from "../restore/on-page.ts";
import { readResumeFile } from "../resume-file.ts";
import { endApplication } from "./end-application.ts";
import { fillAndReadBack } from "./fill-and-read-back.ts";
import { type MetWall, findCaptchaWall, findWall } from "./find-wall.ts";
import type { PersonNeed } from "./person-texts.ts";
import { stopForPerson } from "./stop-for-person.ts";
import { type PageEnd, type Passed, superseded } from "./step-result.ts";
import { adapterThatKnows, suggestMeanings, withSuggested } from "./suggest-meanings.ts";
import { judgeWayOn, wayOnQuestion } from "./way-on.ts";

/**
 * Fills one page, reads it back and leaves it with its button. Safe to run again: a page that was
 * left stays left, and a value that already stands is not typed again. Fields that it cannot fill are left
 * to whoever helps next; the last to help is the person.
 */
export async function fillPage(
  deps: WorkerDeps,
  input: FillPageInput & {
    readonly turn: StepTry;
    /** Gives the step more time; called for every field that holds its value. */
    readonly onProgress: () => Promise<void>;
  },
  signal: AbortSignal,
): Promise<PageEnd> {
  const task = await findOwnedTask(deps.db, input);
  if (task === undefined) return superseded;
  const { taskId, runId } = input;
  const onTakenOver = (): Promise<Passed> =>
    stopForPerson(deps, { taskId, runId, need: { kind: "takeover" }, at: "fill-fields" }, signal);
  return onPage(
    deps,
    { ...input, onTakenOver },
    (use) => fillOpenPage(deps, { task, input }, use),
    signal,
  );
}

async function fillOpenPage(
  deps: WorkerDeps,
  { task, input }: { readonly task: TaskRow; readonly input: PageInput },
  { live, signal }: PageUse,
): Promise<PageEnd> {
  const { page } = live;
  const posted = await readPosting(page, signal);
  const adapter = adapterOf(task.platform);
  const opened = await openSiteForm({ page, adapter }, signal);
  const finish = (stop: PageStop): Promise<Passed> => {
    const { runId } = input;
    return stop.kind === "end"
      ? endApplication(deps, { taskId: task.id, runId, end: stop.end }, signal)
      : stopForPerson(
          deps,
          { taskId: task.id, runId, page, need: stop.need, at: "fill-fields" },
          signal,
        );
  };
  if (opened.kind !== "form") {
    const wall = opened.kind === "unknown" ? await findWall(page, signal) : undefined;
    if (wall === undefined) throw formVanished();
    return finish(stopAt(wall));
  }
  if (asksForAccount(opened.form.fields)) return finish(needs({ kind: "sign_in" }));
  const [profile, answers] = await Promise.all([
    getProfile(deps.db, task.userId),
    listTaskAnswers(deps.db, task.id),
  ]);
  const entries = countEntries(profile);
  const rows = await addRows({ page, form: opened.form, entries }, signal);

  const stored = (await listPages(deps.db, { taskId: task.id, epoch: task.epoch })).find(
    (candidate) => candidate.page === input.page,
  );
  if (stored !== undefined && hasLeft(stored, rows)) {
    await markPageLeft(deps.db, { taskId: task.id, epoch: task.epoch }, input.page);
    return { page: input.page, filled: countFilled(stored), isLast: stored.isLast };
  }

  const asked = { taskId: task.id, userId: task.userId, form: opened.form };
  const suggested = await suggestMeanings(deps, asked, signal);
  const form = withSuggested(rows, suggested);
  const resume = await readResumeFile(deps, task, signal);
  const posting = { ...posted, ...(await readPosting(page, signal)) };
  const work = { task, input, live, adapter: adapterThatKnows(adapter, suggested), form };
  const facts = { profile, answers, posting };
  const filled = await fillAndReadBack(deps, { ...work, ...facts, stored, resume }, signal);
  if (filled.kind === "left") return { page: input.page, left: filled.left };
  if (filled.kind === "person") return finish(filled);
  await deps.checkpoint("fill-page:filled", task.id);
  const wall = await findCaptchaWall(page, signal);
  if (wall !== undefined) return finish(stopAt(wall));
  const { isLast } = filled.page;
  const stop = isLast
    ? undefined
    : await leavePage(deps, { ...work, form: filled.form, profile, answers }, signal);
  if (stop !== undefined) return finish(stop);
  return { page: input.page, filled: countFilled(filled.page), isLast };
}

/** Why a page is not gone on from. */
type PageStop =
  | { readonly kind: "end"; readonly end: TaskEnd }
  | { readonly kind: "person"; readonly need: PersonNeed };

function needs(need: PersonNeed): PageStop {
  return { kind: "person", need };
}

function stopAt(wall: MetWall): PageStop {
  return wall.kind === "end" ? wall : needs({ kind: wall.wall });
}

type PageInput = FillPageInput & { readonly onProgress: () => Promise<void> };

interface PageWork {
  readonly task: TaskRow;
  readonly input: PageInput;
  readonly live: PageUse["live"];
  readonly adapter: SiteAdapter;
  readonly form: FormPage;
}

/**
 * Why the page cannot be left: a wall stands behind it, or it tried to send something and only the person
 * can tell whether that was the application. The gate kept it, and nothing left.
 */
async function leavePage(
  deps: WorkerDeps,
  {
    task,
    input,
    live: { page, gate },
    adapter,
    form,
    profile,
    answers,
  }: PageWork & { readonly profile: Profile; readonly answers: readonly TaskAnswer[] },
  signal: AbortSignal,
): Promise<PageStop | undefined> {
  const way = await judgeWayOn({ page, adapter, form, profile, answers }, signal);
  if (way === "sends") return { kind: "end", end: sendsUnseen };
  const goOn = () => advance({ page, form }, signal);
  const before = way === "unproven" ? await gate.view(signal) : undefined;
  const result = await (before === undefined ? gate.during("step", goOn, signal) : goOn());
  if (result.kind === "advanced") {
    await markPageLeft(deps.db, { taskId: task.id, epoch: task.epoch }, input.page);
    return undefined;
  }
  const wall = await findWall(page, signal);
  if (wall !== undefined) return stopAt(wall);
  const wasKept = before !== undefined && (await gate.view(signal)).refused > before.refused;
  if (wasKept) return needs({ kind: "question", questions: [wayOnQuestion(form)] });
  throw new ValetError(
    "PAGE_DID_NOT_ADVANCE",
    "The form did not go on to its next page. Nothing was sent.",
    {
      page: input.page,
      kind: result.kind,
      fields: result.kind === "invalid" ? result.fields.length : 0,
    },
  );
}

const sendsUnseen: TaskEnd = {
  outcome: "not_submitted",
  reason: "FORM_NOT_FOUND",
  message:
    "You said that the button on this page sends the application, and Valet sends only by a button that says so. Nothing was sent. Apply by hand on the site.",
  step: "fill-fields",
};

/** The page was left, known from its record or, after a crash in between, from where the form is now. */
function hasLeft(stored: TaskPage, form: FormPage): boolean {
  return !stored.isLast && (stored.wasLeft || stored.signature !== form.signature);
}

function countFilled({ plan }: TaskPage): number {
  return plan.filter(({ action }) => action === "fill").length;
}

function formVanished(): ValetError {
  return new ValetError(
    "FORM_NOT_FOUND",
    "The application form disappeared while it was being filled. Nothing was sent. Start the application again.",
  );
}
