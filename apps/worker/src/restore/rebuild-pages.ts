import { ValetError } from "@valet/contracts";
import type { TaskPage, TaskRow } from "@valet/db";
import { assertPublicAddress, parseJobUrl } from "@valet/domain";
import {
  type FileToAttach,
  type FormPage,
  type OpenedForm,
  addRows,
  advance,
  countRows,
  findFurtherSteps,
  readBack,
} from "@valet/forms";
import { type SiteAdapter, adapterOf, fillSitePage, openSiteForm } from "@valet/sites";
import type { WorkerDeps } from "../deps.ts";
import type { SessionGate } from "../session-gate.ts";
import type { LiveSession } from "../live-sessions.ts";
import { type KnownRecipes, recipesFor } from "../steps/known-recipes.ts";
import { resumeFiles } from "../steps/resume-files.ts";

type Page = LiveSession["page"];

export type RebuiltPages =
  | {
      readonly kind: "rebuilt";
      readonly pages: readonly TaskPage[];
      /** Some page has another layout than the one that was filled. */
      readonly isOtherLayout: boolean;
      /** How many values the pages did not keep. */
      readonly missed: number;
    }
  /** The job's address leads to no form any more. */
  | { readonly kind: "no_form"; readonly found: Exclude<OpenedForm["kind"], "form"> }
  /** A page does not lead on to the one that was filled after it. */
  | { readonly kind: "stuck" };

export interface RebuildInput {
  readonly task: Pick<TaskRow, "jobUrl" | "platform">;
  readonly page: Page;
  readonly gate: SessionGate;
  readonly pages: readonly TaskPage[];
  readonly resume: FileToAttach;
}

/**
 * Brings a new browser to where the form stood, from the job's own address on, with the values of the
 * stored plan: nothing is planned here. No page is skipped, though a site may have kept it: a page
 * that was not filled and read back here would be sent unseen.
 */
export async function rebuildPages(
  deps: WorkerDeps,
  { task, page, gate, pages, resume }: RebuildInput,
  signal: AbortSignal,
): Promise<RebuiltPages> {
  await open(deps, { page, url: parseJobUrl(task.jobUrl) }, signal);
  const adapter = adapterOf(task.platform);
  const rebuilt: TaskPage[] = [];
  let missed = 0;
  let isOtherLayout = false;
  for (const stored of pages) {
    const opened = await openSiteForm({ page, adapter, expected: stored.signature }, signal);
    if (opened.kind !== "form") return { kind: "no_form", found: opened.kind };
    const entries = countRows(stored.snapshot.fields);
    const form = await addRows({ page, form: opened.form, entries }, signal);
    await gate.learn(stored.plan, signal);
    const recipes = await recipesFor(deps, form);
    const refilled = await refill({ page, gate, adapter, form, stored, resume, recipes }, signal);
    // Only then does the form ask what its answers bring up.
    isOtherLayout ||= refilled.page.signature !== stored.signature;
    missed += refilled.missed;
    rebuilt.push(refilled.page);
    if (!stored.wasLeft) continue;
    const goOn = () => advance({ page, form: refilled.form }, signal);
    // The same page led on before, in this application; any other has to prove it.
    const isSame = refilled.page.signature === stored.signature;
    const isStep =
      adapter.site !== "generic" ||
      isSame ||
      (await findFurtherSteps({ page, form: refilled.form }, signal));
    const left = await (isStep ? gate.during("step", goOn, signal) : goOn());
    if (left.kind !== "advanced") return { kind: "stuck" };
  }
  return { kind: "rebuilt", pages: rebuilt, isOtherLayout, missed };
}

/** One page with the values and files it held. Whether it then holds them is for the caller to compare. */
async function refill(
  {
    page,
    gate,
    adapter,
    form: opened,
    stored,
    resume,
    recipes,
  }: {
    readonly page: Page;
    readonly gate: SessionGate;
    readonly adapter: SiteAdapter;
    readonly form: FormPage;
    readonly stored: TaskPage;
    readonly resume: FileToAttach;
    readonly recipes: KnownRecipes;
  },
  signal: AbortSignal,
): Promise<{ readonly page: TaskPage; readonly form: FormPage; readonly missed: number }> {
  const { plan } = stored;
  const carried = new Set(
    stored.snapshot.fields.filter(({ file }) => file !== undefined).map(({ id }) => id),
  );
  const filesOf = (form: FormPage) =>
    Object.fromEntries(Object.entries(resumeFiles(form, resume)).filter(([id]) => carried.has(id)));
  const start = { page, adapter, form: opened, plan: () => plan, files: filesOf, recipes };
  const fill = () => fillSitePage(start, signal);
  const { form, report } = await (carried.size > 0 ? gate.during("upload", fill, signal) : fill());
  const files = filesOf(form);
  const snapshot = await readBack({ page, form, plan, files, pageNumber: stored.page }, signal);
  const { signature } = form;
  return {
    page: { ...stored, signature, snapshot },
    form,
    missed: report.fields.filter(({ ok }) => !ok).length,
  };
}

const openLimitMs = 30_000;

/** Throws `PAGE_UNREACHABLE` when nothing comes. */
async function open(
  { network }: WorkerDeps,
  { page, url }: { readonly page: Page; readonly url: URL },
  signal: AbortSignal,
): Promise<void> {
  await assertPublicAddress(network, url);
  try {
    await page.goto(url.href, { waitUntil: "domcontentloaded", timeout: openLimitMs, signal });
  } catch (error) {
    signal.throwIfAborted();
    if (page.isClosed()) throw error;
    throw new ValetError(
      "PAGE_UNREACHABLE",
      "The job's site did not answer. Nothing was sent. Try again later.",
      {},
      { cause: error },
    );
  }
}
