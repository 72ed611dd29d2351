import { ValetError } from "@valet/contracts";
import {
  enterState,
  findResume,
  getProfile,
  listTaskAnswers,
  notePosting,
  reportProgress,
  writeTask,
} from "@valet/db";
import { type OpenedForm, asksForAccount, readPosting } from "@valet/forms";
import {
  type Arrival,
  type SiteAdapter,
  adapterOf,
  judgeArrival,
  openSiteForm,
  readLiveness,
  recognisePage,
} from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import { type PageUse, onPage } from "../restore/on-page.ts";
import { askQuestions } from "./ask-questions.ts";
import { countDisagreements } from "./count-disagreements.ts";
import { endApplication } from "./end-application.ts";
import { endOfArrival, noticeOf } from "./end-of-arrival.ts";
import { endWithoutForm } from "./end-without-form.ts";
import { findWall } from "./find-wall.ts";
import type { PersonNeed } from "./person-texts.ts";
import { noteTurnedAway } from "./note-turned-away.ts";
import { planPage } from "./plan-page.ts";
import { stopForPerson } from "./stop-for-person.ts";
import { suggestMeanings, withSuggested } from "./suggest-meanings.ts";
import type { StepInput } from "./step-input.ts";
import { withDrafts } from "./with-drafts.ts";
import { type AnalyzeFormOutput, type Passed, superseded } from "./step-result.ts";

/** Finds the application form, understands its first page and says what nobody has answered yet. */
export async function analyzeForm(
  deps: WorkerDeps,
  input: StepInput,
  signal: AbortSignal,
): Promise<AnalyzeFormOutput | Passed> {
  const { runId, turn } = input;
  const { taskId } = input.job;
  const isOwner = await writeTask(deps.writer, taskId, async (write) => {
    if (write.task.runId !== runId) return false;
    enterState(write, "analyzing");
    return true;
  });
  if (!isOwner) return superseded;
  const onTakenOver = (): Promise<Passed> =>
    stopForPerson(deps, { taskId, runId, need: { kind: "takeover" }, at: "analyze-form" }, signal);
  return onPage(
    deps,
    { runId, taskId, turn, onTakenOver },
    (use) => analyzePage(deps, input, use),
    signal,
  );
}

async function analyzePage(
  deps: WorkerDeps,
  { job, runId }: StepInput,
  { live, signal }: PageUse,
): Promise<AnalyzeFormOutput | Passed> {
  const { taskId, userId } = job;
  const { page } = live;
  const stop = (need: PersonNeed): Promise<Passed> =>
    stopForPerson(deps, { taskId, runId, page, need, at: "analyze-form" }, signal);
  const posted = await readPosting(page, signal);
  const adapter = adapterOf(job.platform);
  const opened = await openSiteForm({ page, adapter, isFirst: true }, signal);
  // Chromium shows its own page where no answer came; time may mend that, so the step is retried.
  if (page.url().startsWith("chrome-error:")) throw siteUnreachable();
  const asked = new URL(job.jobUrl);
  const arrival = arrivalOf(page, asked);
  const elsewhere = endOfArrival(arrival);
  if (elsewhere !== undefined) {
    return endApplication(deps, { taskId, runId, end: elsewhere }, signal);
  }
  if (opened.kind !== "form") {
    if (await isClosed({ page, asked, kind: opened.kind }, signal)) {
      return endApplication(deps, { taskId, runId, end: endWithoutForm("closed") }, signal);
    }
    // A page that is known for what it is needs no other reading.
    const wall = opened.kind === "unknown" ? await findWall(page, signal) : undefined;
    if (wall?.kind === "person") return stop({ kind: wall.wall });
    if (wall?.isTurnedAway === true) await noteTurnedAway(deps, { taskId, live }, signal);
    const end = wall?.end ?? endWithoutForm(opened.kind);
    return endApplication(deps, { taskId, runId, end }, signal);
  }
  if (asksForAccount(opened.form.fields)) return stop({ kind: "sign_in" });
  const notices = [noticeOf(arrival), await noticeOfDrift(adapter, page)];
  await tell(deps, { taskId, runId, notices });
  const [profile, answers, resume] = await Promise.all([
    getProfile(deps.db, userId),
    listTaskAnswers(deps.db, taskId),
    findResume(deps.db, { id: job.resumeId, userId }),
  ]);
  const posting = { ...posted, ...(await readPosting(page, signal)) };
  await notePosting(deps.db, { taskId, posting: { ...posting, ...(await titleOf(page)) } });
  const suggested = await suggestMeanings(deps, { taskId, userId, form: opened.form }, signal);
  const form = withSuggested(opened.form, suggested);
  const { fields } = form;
  const plan = planPage({
    profile,
    answers,
    mode: job.mode,
    fields,
    resume: resume === undefined ? null : { fileName: resume.fileName },
    posting,
  });
  const questions = await askQuestions({ page, form, plan }, signal);
  if (questions.length > 0) {
    const asked = await withDrafts(deps, { taskId, userId, profile, fields, questions }, signal);
    return stop({ kind: "question", questions: asked });
  }
  const disagreements = await countDisagreements({ adapter, page, form: opened.form }, signal);
  // What a page itself asks for is read by loading it anew.
  if (adapter.schema?.from === "traffic") await openSiteForm({ page, adapter }, signal);
  return {
    disagreements,
    fields: fields.length,
    planned: plan.filter(({ action }) => action === "fill").length,
    skipped: plan.filter(({ action }) => action === "skip").length,
  };
}

const longestTitle = 300;

/** Cut, since a page may call itself anything. One that is just being replaced has none. */
async function titleOf(page: PageUse["live"]["page"]): Promise<{ pageTitle?: string }> {
  const title = (await page.title().catch(() => "")).replaceAll(/\s+/gu, " ").trim();
  return title === "" ? {} : { pageTitle: title.slice(0, longestTitle) };
}

function arrivalOf(page: PageUse["live"]["page"], asked: URL): Arrival {
  const frames = page.frames().flatMap((frame) => URL.parse(frame.url()) ?? []);
  return judgeArrival({ asked, opened: new URL(page.url()), frames });
}

interface PageWithoutForm {
  readonly page: PageUse["live"]["page"];
  readonly asked: URL;
  readonly kind: Exclude<OpenedForm["kind"], "form">;
}

/** What a page does not say in words, its address and its answer may. */
async function isClosed(
  { page, asked, kind }: PageWithoutForm,
  signal: AbortSignal,
): Promise<boolean> {
  if (kind !== "not_found" && kind !== "unknown") return false;
  return (await readLiveness({ page, asked, limitMs: 0 }, signal)).kind === "closed";
}

/** An adapter whose site has changed is of no use: the form is then read like any other. */
async function noticeOfDrift(
  { site }: SiteAdapter,
  page: PageUse["live"]["page"],
): Promise<string | undefined> {
  if (site === "generic") return undefined;
  const { on } = await recognisePage(page);
  return on === "unknown"
    ? `This form is not built like the forms of ${site} that Valet knows; it is read like any other form`
    : undefined;
}

interface Notices {
  readonly taskId: string;
  readonly runId: string;
  readonly notices: readonly (string | undefined)[];
}

async function tell({ writer }: WorkerDeps, { taskId, runId, notices }: Notices): Promise<void> {
  const messages = notices.filter((notice) => notice !== undefined);
  if (messages.length === 0) return;
  await writeTask(writer, taskId, async (write) => {
    if (write.task.runId !== runId) return;
    for (const message of messages) {
      reportProgress(write, { step: "analyze-form", pct: 14, message });
    }
  });
}

function siteUnreachable(): ValetError {
  return new ValetError(
    "PAGE_UNREACHABLE",
    "The job's site did not answer. Nothing was sent. Try again later.",
  );
}
