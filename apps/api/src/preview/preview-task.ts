import type { PreviewQuestion, TaskPreview } from "@valet/contracts";
import { type Querier, findEarlierApplication, getProfile, listResumes } from "@valet/db";
import type { NetworkPolicy } from "@valet/domain";
import { planFields } from "@valet/forms";
import { type GetPage, type PostingPreview, previewPosting } from "@valet/sites";
import { admitJobUrl } from "../admit-job-url.ts";

export interface PreviewDeps {
  /** Of the person. */
  readonly db: Querier;
  readonly networkPolicy: NetworkPolicy;
  readonly getPage: GetPage;
}

/**
 * What applying for this job would ask of this person. The site is told nothing of them, nothing is stored
 * and nothing started. Throws what `POST /tasks` would about the address.
 */
export async function previewTask(
  { db, networkPolicy, getPage }: PreviewDeps,
  { userId, jobUrl: text }: { readonly userId: string; readonly jobUrl: string },
  signal: AbortSignal,
): Promise<TaskPreview> {
  const jobUrl = await admitJobUrl(networkPolicy, text);
  const preview = await previewPosting({ jobUrl, getPage }, signal);
  const { site, jobKey, liveness, posting, form } = preview;
  const earlier = await findEarlierApplication(db, { userId, jobKey });
  return {
    jobUrl: jobUrl.href,
    site,
    jobKey,
    liveness: liveness.kind,
    message: messages[liveness.kind],
    posting,
    questions: form === undefined ? null : await questionsOf(db, { userId, posting, form }),
    isFirstPageOnly: form?.isFirstPageOnly ?? false,
    earlier: earlier ?? null,
  };
}

/** By the rules that the worker will go by, so what is asked here is what would be asked then. */
async function questionsOf(
  db: Querier,
  {
    userId,
    posting,
    form: { fields, details },
  }: { readonly userId: string } & Pick<PostingPreview, "posting"> & {
      readonly form: NonNullable<PostingPreview["form"]>;
    },
): Promise<PreviewQuestion[]> {
  const [profile, [newest]] = await Promise.all([getProfile(db, userId), listResumes(db, userId)]);
  const { company, ...job } = posting;
  const plan = planFields({
    fields,
    profile,
    resume: newest === undefined ? null : { fileName: newest.fileName },
    job,
    details,
    ...(company === undefined ? {} : { company }),
    isReviewed: true,
    today: new Date().toISOString().slice(0, 10),
  });
  const planned = new Map(plan.map(({ id, ...what }) => [id, what]));
  return fields.flatMap(({ id, label, kind, meaning, required, options }) => {
    const what = planned.get(id);
    return what === undefined
      ? []
      : [{ question: label, kind, meaning, required, options, ...what }];
  });
}

const messages: Readonly<Record<TaskPreview["liveness"], string>> = {
  open: "The job can be applied for.",
  closed: "The job is no longer open. Nothing can be sent there.",
  missing: "There is no page at this address. Check it for typing mistakes.",
  challenge:
    "The site first wants to see that a person is there. Whether the job is open shows once you apply; you may be asked to help.",
  already_applied: "The page says that an application for this job was already sent.",
  trouble: "The site has trouble at the moment. Try again later.",
  unknown:
    "The page does not say by itself whether the job is open. That shows once you apply; nothing is sent without your approval.",
};
