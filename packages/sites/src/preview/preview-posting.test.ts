import { expect, test } from "vitest";
import { previewPosting } from "./preview-posting.ts";

const { signal } = new AbortController();

/** Sites that answer with these documents, and with 404 to all else. */
function sitesWith(pages: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  return {
    asked,
    getPage: (url: URL) => {
      asked.push(url.href);
      const page = pages[url.href];
      const text = typeof page === "string" ? page : JSON.stringify(page ?? "");
      return Promise.resolve({ url, status: page === undefined ? 404 : 200, headers: {}, text });
    },
  };
}

const board = "https://boards-api.greenhouse.io/v1/boards/northwind/jobs/71001?questions=true";
const hosted = new URL("https://job-boards.greenhouse.io/northwind/jobs/71001");
const question = (label: string, name: string, type: string, values: readonly string[] = []) => ({
  required: true,
  label,
  fields: [{ name, type, values: values.map((one) => ({ label: one })) }],
});

test("a form that its site publishes is told with its questions, and the job is open", async () => {
  const published = {
    questions: [
      question("First Name", "first_name", "input_text"),
      question("Do you need a visa?", "question_1", "multi_value_single_select", ["Yes", "No"]),
    ],
  };
  const drawn = "<title>Engineer</title><div id=root></div><script>draw()</script>";
  const { getPage, asked } = sitesWith({ [board]: published, [hosted.href]: drawn });
  const preview = await previewPosting({ jobUrl: hosted, getPage }, signal);
  expect(preview).toMatchObject({
    site: "greenhouse",
    jobKey: "greenhouse:71001",
    liveness: { kind: "open" },
  });
  expect(preview.form?.fields).toMatchObject([
    { label: "First Name", meaning: "name.first", required: true, policy: "fill" },
    { label: "Do you need a visa?", kind: "radio-group", options: ["Yes", "No"], policy: "ask" },
  ]);
  expect(asked).toHaveLength(2);
});

test("a posting that a known system no longer has is closed", async () => {
  const preview = await previewPosting({ jobUrl: hosted, ...sitesWith({}) }, signal);
  expect(preview).toMatchObject({ liveness: { kind: "closed", by: "gone" }, form: undefined });
});

test("what a form carries in itself is read from the page as it was served", async () => {
  const card = { fields: [{ type: "textarea", text: "Why us?", required: true }] };
  const form = `<form><input name="name"><input name="email"><input name="phone">
    <input type="hidden" name="cards[1][baseTemplate]" value='${JSON.stringify(card)}'>
    <button>Submit application</button></form>`;
  const id = "5b1c2b0e-3b6e-4f39-9a41-6f1f3f3a9c11";
  const { getPage, asked } = sitesWith({ [`https://jobs.lever.co/northwind/${id}/apply`]: form });
  const jobUrl = new URL(`https://jobs.lever.co/northwind/${id}`);
  const preview = await previewPosting({ jobUrl, getPage }, signal);
  expect(preview.liveness).toEqual({ kind: "open", page: "form" });
  expect(preview.form?.fields).toMatchObject([{ label: "Why us?", kind: "textarea" }]);
  expect(asked).toHaveLength(1);
});

const own = new URL("https://careers.example.com/jobs/7");

test.each([
  ["<h1>Engineer</h1><a href='/apply/7'>Apply now</a>", { kind: "open", page: "posting" }],
  ["<h1>This job is no longer available</h1>", { kind: "closed", by: "words" }],
  ["<p hidden>This job is no longer available</p>", { kind: "unknown" }],
  ["<noscript>You need scripts</noscript><div id=app></div>", { kind: "unknown" }],
  ["<form><input name=a><input name=b><button>Subscribe</button></form>", { kind: "unknown" }],
])("of a site that nobody knows, %s", async (page, liveness) => {
  const preview = await previewPosting({ jobUrl: own, ...sitesWith({ [own.href]: page }) }, signal);
  expect(preview.liveness).toMatchObject(liveness);
  expect(preview.form).toBeUndefined();
});

test("what the page declares of the job is told", async () => {
  const data = {
    "@type": "JobPosting",
    title: "Engineer",
    hiringOrganization: { name: "Example Instruments" },
  };
  const page = `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
  const preview = await previewPosting({ jobUrl: own, ...sitesWith({ [own.href]: page }) }, signal);
  expect(preview.posting).toEqual({ company: "Example Instruments", title: "Engineer" });
});

test("a site that does not answer tells nothing", async () => {
  const getPage = () => Promise.resolve(undefined);
  expect(await previewPosting({ jobUrl: hosted, getPage }, signal)).toMatchObject({
    liveness: { kind: "unknown" },
    form: undefined,
    posting: {},
  });
});
