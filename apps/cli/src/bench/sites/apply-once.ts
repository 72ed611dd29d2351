import { isDeepStrictEqual } from "node:util";
import type { PlannedField, Profile, SnapshotField, SnapshotPage } from "@valet/contracts";
import {
  type FileToAttach,
  type FormPage,
  type PlanInput,
  type SiteAnswer,
  addRows,
  advance,
  asksForAccount,
  clickSubmit,
  countEntries,
  detectSiteWall,
  detectWalls,
  findField,
  findReviewChanges,
  lacksChoice,
  loadOptions,
  planFields,
  readAnswer,
  readBack,
  readPosting,
} from "@valet/forms";
import {
  type FilledSitePage,
  type SiteAdapter,
  type SitePageToFill,
  fillSitePage,
  openSiteForm,
} from "@valet/sites";
import type { Page } from "../../offline/open-offline-browser.ts";
import { until } from "../until.ts";
import { answerAsPerson } from "./answer-as-person.ts";

export interface ApplicationToTry {
  readonly page: Page;
  readonly adapter: SiteAdapter;
  readonly profile: Profile;
  readonly resume: FileToAttach;
  readonly today: string;
  /** Called when there is nothing left to do but to press the button. */
  readonly beforeClick?: (form: FormPage) => void;
}

/** One field as it was to be sent, by the name the practice site has for it. */
export interface SentField {
  readonly key: string;
  readonly label: string;
  readonly kind: string;
  readonly meaning: string;
  readonly planned: PlannedField | undefined;
  readonly held: SnapshotField | undefined;
}

export interface TriedApplication {
  /**
   * What the page said at the end; `wall`: it asks for a person; `changed`: the last page shows something
   * else than was entered, or is not what it was when it was read, and nothing was sent.
   */
  readonly outcome: SiteAnswer["kind"] | "no_form" | "stuck" | "not_clickable" | "changed";
  readonly fields: readonly SentField[];
  /** Fields the filling could not bring to their values. */
  readonly missed: readonly string[];
  readonly reviewMs: number;
  readonly endMs: number;
}

const mostPages = 10;
const outcomeLimitMs = 30_000;
const lookEveryMs = 100;

/** From an open posting to what the site says of the application. */
export async function applyOnce(
  input: ApplicationToTry,
  signal: AbortSignal,
): Promise<TriedApplication> {
  const startedAt = performance.now();
  const fields: SentField[] = [];
  const missed: string[] = [];
  const left: SnapshotPage[] = [];
  const { company, ...job } = await readPosting(input.page, signal);
  const posting = { job, ...(company === undefined ? {} : { company }) };
  const end = (outcome: TriedApplication["outcome"], reviewMs: number): TriedApplication => {
    return { outcome, fields, missed, reviewMs, endMs: performance.now() - startedAt };
  };
  for (let pageNumber = 1; pageNumber <= mostPages; pageNumber += 1) {
    const { adapter, page } = input;
    const isFirst = pageNumber === 1;
    const opened = await openSiteForm({ adapter, page, isFirst }, signal);
    if (opened.kind !== "form") {
      if (opened.kind === "elsewhere" || opened.kind === "one_click") return end("no_form", 0);
      const isWall = opened.kind === "unknown" && (await isWalled(input.page, signal));
      return end(isWall ? "wall" : opened.kind, 0);
    }
    if (asksForAccount(opened.form.fields)) return end("wall", 0);
    const filled = await fillOnePage(input, { form: opened.form, pageNumber, posting }, signal);
    fields.push(...filled.fields);
    missed.push(...filled.missed);
    if (filled.form.buttons.next === undefined) {
      const reviewMs = performance.now() - startedAt;
      const changes = await findReviewChanges({ page: input.page, pages: left }, signal);
      const isSame = isDeepStrictEqual(await filled.readAgain(), filled.snapshot);
      if (changes.length > 0 || !isSame) return end("changed", reviewMs);
      if (await isCaptchaThere(input.page, signal)) return end("wall", reviewMs);
      input.beforeClick?.(filled.form);
      const click = await clickSubmit({ page: input.page, form: filled.form }, signal);
      if (click.kind === "not_clickable") return end("not_clickable", reviewMs);
      return end(await outcomeOf(input.page, signal), reviewMs);
    }
    left.push(filled.snapshot);
    const gone = await advance({ page: input.page, form: filled.form }, signal);
    if (gone.kind === "advanced") continue;
    return end((await isWalled(input.page, signal)) ? "wall" : "stuck", 0);
  }
  return end("stuck", 0);
}

interface FilledPage {
  readonly form: FormPage;
  readonly snapshot: SnapshotPage;
  /** The page as it stands by then. */
  readonly readAgain: () => Promise<SnapshotPage>;
  readonly fields: readonly SentField[];
  readonly missed: readonly string[];
}

interface PageToTry {
  readonly form: FormPage;
  readonly pageNumber: number;
  readonly posting: Pick<PlanInput, "job" | "company">;
}

async function fillOnePage(
  { page, adapter, profile, resume, today }: ApplicationToTry,
  { form, pageNumber, posting }: PageToTry,
  signal: AbortSignal,
): Promise<FilledPage> {
  const rows = await addRows({ page, form, entries: countEntries(profile) }, signal);
  const filesOf = ({ fields }: FormPage) =>
    Object.fromEntries(
      fields
        .filter(({ kind, meaning }) => kind === "file" && meaning === "resume")
        .map(({ id }) => [id, resume]),
    );
  const draft = ({ fields }: FormPage): PlannedField[] =>
    planFields({ fields, profile, resume, ...posting, isReviewed: true, today });
  const start = { adapter, page, form: adapter.refine(rows), plan: draft, files: filesOf };
  const { form: filled, report, planned } = await fillAnswered(start, signal);
  const files = filesOf(filled);
  const back = { page, form: filled, plan: planned, files, pageNumber, waitUntilSettled: true };
  const snapshot = await readBack(back, signal);
  const sent = filled.fields.map(async (field): Promise<SentField> => ({
    key: await keyOf(page, field, signal),
    label: field.label,
    kind: field.kind,
    meaning: field.meaning,
    planned: planned.find(({ id }) => id === field.id),
    held: snapshot.fields.find(({ id }) => id === field.id),
  }));
  return {
    form: filled,
    snapshot,
    readAgain: () => readBack({ ...back, waitUntilSettled: false }, signal),
    fields: await Promise.all(sent),
    missed: report.fields.filter(({ ok }) => !ok).map(({ id, problem }) => `${id} ${problem}`),
  };
}

interface AnsweredPage extends FilledSitePage {
  readonly planned: readonly PlannedField[];
}

const mostTries = 4;

/**
 * Fills with what a person answers. A fact that a list turns out to lack makes a question of its field, and
 * answers bring up questions that nobody has been asked yet: then it is filled again.
 */
async function fillAnswered(start: SitePageToFill, signal: AbortSignal): Promise<AnsweredPage> {
  const { page } = start;
  const absent = new Set<string>();
  const drafted = (current: FormPage): PlannedField[] =>
    start
      .plan(current)
      .map((entry) => (absent.has(entry.id) ? withoutFact(entry, current) : entry));
  let { form } = start;
  for (let tries = 1; ; tries += 1) {
    const offered = await optionsOfAsked({ page, form, drafted }, signal);
    const plan = (current: FormPage): PlannedField[] =>
      drafted(current).map((entry) => asked(entry, current.fields, offered));
    const filled = await fillSitePage({ ...start, form, plan }, signal);
    const lacking = filled.report.fields.filter((field) => lacksChoice(field));
    const isAskedAnew = questionsOf(filled.form, drafted).some(({ id }) => !offered.has(id));
    const isDone = (lacking.length === 0 && !isAskedAnew) || tries === mostTries;
    if (isDone) return { ...filled, planned: plan(filled.form) };
    for (const { id } of lacking) absent.add(id);
    ({ form } = filled);
  }
}

function withoutFact(entry: PlannedField, { fields }: FormPage): PlannedField {
  const isRequired = fields.some(({ id, required }) => id === entry.id && required);
  return { ...entry, action: isRequired ? "ask" : "skip", value: null, source: null };
}

interface AskedForm {
  readonly page: Page;
  readonly form: FormPage;
  readonly drafted: (form: FormPage) => readonly PlannedField[];
}

/** By field id: what the lists offer that a person is asked to choose from. */
async function optionsOfAsked(
  { page, form, drafted }: AskedForm,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const fields = questionsOf(form, drafted);
  const loaded = await loadOptions({ page, form: { ...form, fields } }, signal);
  return new Map(loaded.fields.map(({ id, options }) => [id, options]));
}

/** The fields that only a person can answer, and has to. */
function questionsOf(form: FormPage, drafted: AskedForm["drafted"]): FormPage["fields"] {
  const ids = drafted(form).flatMap(({ action, id }) => (action === "ask" ? [id] : []));
  return form.fields.filter(({ id, required }) => required && ids.includes(id));
}

/** The person answers what is asked of them. */
function asked(
  entry: PlannedField,
  fields: FormPage["fields"],
  offered: ReadonlyMap<string, readonly string[]>,
): PlannedField {
  const field = fields.find(({ id }) => id === entry.id);
  if (entry.action !== "ask" || field === undefined || !field.required) return entry;
  const loaded = offered.get(field.id);
  // What came up just now has not been put to the person yet.
  if (field.kind === "file" || loaded === undefined) return entry;
  const options = [...loaded];
  const value = answerAsPerson({ ...field, options });
  return { ...entry, action: "fill", value, source: "person" };
}

/** Every question of a practice site stands in an element that carries the ledger's name for it. */
async function keyOf(
  page: Page,
  field: FormPage["fields"][number],
  signal: AbortSignal,
): Promise<string> {
  const control = await findField(page, field, signal);
  const key = await control?.evaluate((element) => {
    for (let node: Node | null = element; node !== null;) {
      if (node instanceof Element && node.hasAttribute("data-practice")) {
        return node.getAttribute("data-practice");
      }
      node = node.parentNode instanceof ShadowRoot ? node.parentNode.host : node.parentNode;
    }
    return null;
  });
  return key ?? "";
}

async function outcomeOf(page: Page, signal: AbortSignal): Promise<TriedApplication["outcome"]> {
  let last: TriedApplication["outcome"] = "unknown";
  const look = async () => {
    const answer = await readAnswer(page, signal).catch(() => undefined);
    last = answer?.kind ?? "unknown";
    return last !== "unknown" && last !== "form" && last !== "posting";
  };
  const options = { signal, limitMs: outcomeLimitMs, lookEveryMs };
  await until("the site answers", look, options).catch(() => undefined);
  return last;
}

async function isCaptchaThere(page: Page, signal: AbortSignal): Promise<boolean> {
  const captchas = await detectWalls({ page }, signal).catch(() => []);
  return captchas.some(({ wall }) => wall);
}

async function isWalled(page: Page, signal: AbortSignal): Promise<boolean> {
  if (await isCaptchaThere(page, signal)) return true;
  return (await detectSiteWall(page, signal).catch(() => null)) !== null;
}
