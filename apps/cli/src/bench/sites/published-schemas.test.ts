import {
  adapterOf,
  identifyJob,
  openSiteForm,
  readPublishedSchema,
  reconcileSchema,
} from "@valet/sites";
import { everyCaseOr } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PracticeBrowser, openPracticeBrowser } from "./open-practice-browser.ts";

const { signal } = new AbortController();
const twenty = Array.from({ length: 20 }, (_, index) => index + 1);
const seeds = everyCaseOr(twenty, [4]);
const limitMs = 120_000 * seeds.length;
const place = { chromium: "/usr/lib/chromium/chromium", cwd: import.meta.dirname };
let practice: PracticeBrowser;

beforeAll(async () => {
  practice = await openPracticeBrowser(place, signal);
});
afterAll(() => practice?.close());

interface PublishedForm {
  readonly name: string;
  /** None: "". */
  readonly quirk: string;
  readonly seed: number;
}

/** What the site publishes of a posting's form, and what the page shows of it. */
async function bothOf({ name, quirk, seed }: PublishedForm) {
  const { browser, sites } = practice;
  const site = (await sites.sites(seed)).find((one) => one.name === name);
  if (site === undefined) throw new Error(`There is no practice site ${name}.`);
  const { formUrl } = identifyJob(new URL(site.posting));
  if (quirk !== "") formUrl.searchParams.set("quirk", quirk);
  const { page, close } = await browser.open(formUrl.href, signal);
  try {
    const adapter = adapterOf(name);
    const opened = await openSiteForm({ adapter, page }, signal);
    const address = new URL(page.url());
    const places = { adapter, address, page, fetch: sites.fetch };
    const schema = await readPublishedSchema(places, signal);
    // What a page asks for is read by loading it anew.
    const again = await openSiteForm({ adapter, page }, signal);
    return {
      schema,
      form: again.kind === "form" && opened.kind === "form" ? again.form : undefined,
    };
  } finally {
    await close();
  }
}

const forms: readonly Omit<PublishedForm, "seed">[] = [
  { name: "greenhouse", quirk: "" },
  { name: "greenhouse", quirk: "rows" },
  { name: "greenhouse", quirk: "embed" },
  { name: "bamboohr", quirk: "" },
  { name: "recruitee", quirk: "" },
  { name: "lever", quirk: "" },
  { name: "ashby", quirk: "" },
  { name: "smartrecruiters", quirk: "" },
];
/** At an address, in elements of the page, and in what the page asks for. */
const oneOfEachWay = forms.filter(({ name, quirk }) =>
  name === "greenhouse" ? quirk === "rows" : name === "lever" || name === "ashby",
);

test.each(everyCaseOr(forms, oneOfEachWay))(
  "what $name publishes and what its page asks are the same, and a change is seen: quirk '$quirk'",
  async (one) => {
    const { name } = one;
    const wrong: string[] = [];
    for (const seed of seeds) {
      const { schema, form } = await bothOf({ ...one, seed });
      if (schema === undefined || form === undefined) {
        wrong.push(`${seed}: no ${schema === undefined ? "schema" : "form"}`);
        continue;
      }
      for (const one of reconcileSchema(schema, form)) {
        const label = one.kind === "unpublished" ? one.field.label : one.published.label;
        wrong.push(`${seed}: ${one.kind} ${label}`);
      }
      const [first] = form.fields.filter(({ required, policy }) => required && policy !== "never");
      const fields = form.fields.filter((field) => field !== first);
      const kinds = reconcileSchema(schema, { ...form, fields }).map(({ kind }) => kind);
      // Lever publishes nothing of the fields around its cards.
      if (name !== "lever" && !kinds.includes("missing")) wrong.push(`${seed}: a gap is not seen`);
      if (first === undefined) continue;
      const added = {
        ...first,
        id: "added",
        domId: "added",
        name: "added",
        label: "Which island?",
      };
      const surprise = { ...added, meaning: "question", kind: "text" } as const;
      const more = reconcileSchema(schema, { ...form, fields: [...form.fields, surprise] });
      if (!more.some(({ kind }) => kind === "unpublished"))
        wrong.push(`${seed}: a new field is not seen`);
    }
    expect(wrong).toEqual([]);
  },
  limitMs,
);
