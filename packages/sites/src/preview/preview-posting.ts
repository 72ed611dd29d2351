import type { FormField } from "@valet/contracts";
import type { AskedDetails, PostingFacts } from "@valet/forms";
import { adapterOf } from "../adapters.ts";
import { identifyJob } from "../identify-job.ts";
import type { JobAddress } from "../job-address.ts";
import { type Liveness, livenessOf } from "../liveness/liveness-of.ts";
import type { PublishedSchema } from "../schema/published-schema.ts";
import { readPublishedSchema } from "../schema/read-published-schema.ts";
import { fieldOfPublished } from "./field-of-published.ts";
import { type ServedPage, type StaticPage, readStaticPage } from "./read-static-page.ts";

/** Gets a public page; undefined where no answer came. Rejects once the signal is aborted. */
export type GetPage = (url: URL, signal: AbortSignal) => Promise<ServedPage | undefined>;

/** What can be known of a posting without a browser. */
export interface PostingPreview extends Pick<JobAddress, "site" | "jobKey"> {
  readonly liveness: Liveness;
  readonly posting: PostingFacts;
  /** What the site publishes of its form; undefined where it publishes nothing that can be read like this. */
  readonly form: PublishedForm | undefined;
}

export interface PublishedForm {
  readonly fields: readonly FormField[];
  /** By field id. */
  readonly details: ReadonlyMap<string, AskedDetails>;
  /** There are further pages of which nothing is known yet. */
  readonly isFirstPageOnly: boolean;
}

/** Asks the site for two documents at most: the page of the form, and what it publishes of it. */
export async function previewPosting(
  { jobUrl, getPage }: { readonly jobUrl: URL; readonly getPage: GetPage },
  signal: AbortSignal,
): Promise<PostingPreview> {
  const { site, jobKey, formUrl } = identifyJob(jobUrl);
  const served = getPage(formUrl, signal);
  const page = served.then((found) => found && readStaticPage(found));
  const [found, read, schema] = await Promise.all([
    served,
    page,
    readSchema({ site, jobUrl, page, getPage }, signal),
  ]);
  const seen =
    found && read
      ? livenessOf({ asked: formUrl, facts: read.facts, captchas: [], headers: found.headers })
      : silent;
  return {
    site,
    jobKey,
    // A site publishes the forms of open postings only, and most pages draw themselves.
    liveness: seen.kind === "unknown" && schema !== undefined ? formIsOpen : seen,
    posting: read?.posting ?? {},
    form: schema && formOf(schema),
  };
}

const silent: Liveness = { kind: "unknown" };
const formIsOpen: Liveness = { kind: "open", page: "form" };

async function readSchema(
  {
    site,
    jobUrl,
    page,
    getPage,
  }: Pick<JobAddress, "site"> & {
    readonly jobUrl: URL;
    readonly page: Promise<StaticPage | undefined>;
    readonly getPage: GetPage;
  },
  signal: AbortSignal,
): Promise<PublishedSchema | undefined> {
  const adapter = adapterOf(site);
  const elements = adapter.schema?.from === "elements" ? await page : undefined;
  return readPublishedSchema(
    {
      adapter,
      address: jobUrl,
      ...(elements === undefined ? {} : { elements: elements.textsOf }),
      fetch: async (address, { signal: within }) => {
        const answer = await getPage(address, within);
        if (answer === undefined) return Response.error();
        return new Response(answer.text, { status: answer.status });
      },
    },
    signal,
  );
}

function formOf({ fields: published, isFirstPageOnly }: PublishedSchema): PublishedForm {
  const asked = published.flatMap((one, index) => {
    const field = fieldOfPublished(one, index);
    return field === undefined ? [] : [{ field, help: one.description }];
  });
  return {
    fields: asked.map(({ field }) => field),
    details: new Map(asked.map(({ field, help }) => [field.id, { help }])),
    isFirstPageOnly: isFirstPageOnly === true,
  };
}
