import type { SnapshotField, SnapshotPage } from "@valet/contracts";
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { findReviewChanges } from "./find-review-changes.ts";

const { signal } = new AbortController();
let site: TestSite;
let page: Page;

beforeAll(async () => {
  site = await openTestSite();
  page = await site.open("/wizard/done");
});
afterAll(() => site.close());

const base: SnapshotField = {
  id: "",
  label: "",
  kind: "text",
  meaning: "question",
  required: true,
  visible: true,
  value: null,
  source: "profile",
  confidence: 1,
};

function left(...fields: Partial<SnapshotField>[]): SnapshotPage[] {
  const own = fields.map((field, index) => ({ ...base, id: `f${index}`, ...field }));
  return [{ page: 1, url: "http://localhost/", target: null, fields: own }];
}

async function changes(list: string, pages: readonly SnapshotPage[], more = ""): Promise<string[]> {
  await page.setContent(
    `<h2>Review</h2><div>${list}</div>${more}<button type="button">Submit</button>`,
  );
  return (await findReviewChanges({ page, pages }, signal)).map(({ field }) => field);
}

const job = left(
  { label: "Job Title", value: "Engineer" },
  { label: "From", kind: "date", value: "2018-03" },
);

test("a date that the site has changed is seen, however the list is laid out", async () => {
  expect(await changes("<dl><dt>From</dt><dd>01/2018</dd></dl>", job)).toEqual(["f1"]);
  expect(await changes("<p><b>From:</b> January 2018</p>", job)).toEqual(["f1"]);
  expect(
    await changes("<div><div><label>From*</label></div><div>2018-01</div></div>", job),
  ).toEqual(["f1"]);
  expect(await changes("<table><tr><th>From</th><td>01/2018</td></tr></table>", job)).toEqual([
    "f1",
  ]);
});

test("the same date in other words is the same", async () => {
  for (const same of ["03/2018", "2018-03", "March 2018", "3/2018"]) {
    expect(await changes(`<dl><dt>From</dt><dd>${same}</dd></dl>`, job)).toEqual([]);
  }
  const day = left({ label: "Date", kind: "date", value: "2027-01-15" });
  for (const same of ["01/15/2027", "15.01.2027", "January 15, 2027"]) {
    expect(await changes(`<dl><dt>Date</dt><dd>${same}</dd></dl>`, day)).toEqual([]);
  }
  expect(await changes("<dl><dt>Date</dt><dd>01/16/2027</dd></dl>", day)).toEqual(["f0"]);
});

test("of several rows with one label each is looked for", async () => {
  const rows = left(
    { label: "From", kind: "date", value: "2018-03" },
    { label: "From", kind: "date", value: "2015-09" },
  );
  const list = (first: string): string =>
    `<dl><dt>From</dt><dd>${first}</dd><dt>From</dt><dd>09/2015</dd></dl>`;
  expect(await changes(list("03/2018"), rows)).toEqual([]);
  expect(await changes(list("01/2018"), rows)).toEqual(["f0"]);
  expect(await changes("<dl><dt>From</dt><dd>09/2015</dd></dl>", rows)).toEqual([]);
});

test("a text whose label is there and which itself is nowhere was lost", async () => {
  expect(await changes("<dl><dt>Job Title</dt><dd>Clerk</dd></dl>", job)).toEqual(["f0"]);
  expect(await changes("<dl><dt>Job Title</dt><dd></dd></dl>", job)).toEqual(["f0"]);
  expect(await changes("<dl><dt>Job Title</dt><dd>ENGINEER.</dd></dl>", job)).toEqual([]);
  expect(await changes("<h3>Engineer</h3><p>Job Title</p><p>see above</p>", job)).toEqual([]);
});

test("numbers, shortened and masked texts, and what is not listed are no changes", async () => {
  const others = left(
    { label: "Phone", kind: "tel", value: "+1 303 555 0142" },
    { label: "Salary", value: "120000" },
    { label: "Why?", kind: "textarea", value: "Because small well-tested systems are a joy." },
    { label: "Terms", kind: "checkbox", value: true },
    { label: "City", value: "Denver" },
    { label: "Badge", value: "Old badge of 1815" },
  );
  const list =
    "<dl><dt>Phone</dt><dd>(303) 555-0142</dd><dt>Salary</dt><dd>$120,000</dd><dt>Why?</dt><dd>Because small well…</dd><dt>Terms</dt><dd>Yes</dd><dt>Badge</dt><dd>*** 99</dd></dl>";
  expect(await changes(list, others)).toEqual([]);
});

test("a long list is looked through to its end, in any language", async () => {
  const filler = Array.from({ length: 200 }, (_, i) => `<dt>Prénom ${i}</dt><dd>Ada ${i}</dd>`);
  const pages = left({ label: "Où ?", value: "Genève" });
  const list = (city: string): string =>
    `<dl>${filler.join("")}<dt>Où ? *</dt><dd>${city}</dd></dl>`;
  expect(await changes(list("Genève"), pages)).toEqual([]);
  expect(await changes(list("Lyon"), pages)).toEqual(["f0"]);
});

test("a page that asks something itself is no list of what was entered", async () => {
  const list = "<p>From</p><p>01/2018</p>";
  expect(await changes(list, job, "<label>Your name <input name=n></label>")).toEqual([]);
});
