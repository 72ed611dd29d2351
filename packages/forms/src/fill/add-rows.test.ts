import type { Profile } from "@valet/contracts";
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countEntries } from "../plan/entry-rows.ts";
import { planFields } from "../plan/plan-fields.ts";
import { readForm } from "../read/read-form.ts";
import { today } from "../test/example-profile.ts";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { addRows } from "./add-rows.ts";
import { fillPage } from "./fill-page.ts";
import { readBack } from "./read-back.ts";

const { signal } = new AbortController();
let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(() => site.close());

const profile: Profile = {
  basics: { name: "Ada Example" },
  work: [
    { name: "Dockside Ltd", position: "Welder", startDate: "2022-01-10" },
    { name: "Quay Corp", position: "Apprentice", startDate: "2019-01-07", endDate: "2021-12-31" },
    { name: "Pier Works", position: "Helper", startDate: "2017-05-02", endDate: "2018-12-21" },
  ],
  education: [
    { institution: "Harbour College", studyType: "BSc" },
    { institution: "Bay School", studyType: "Diploma" },
  ],
};

/** Two lists with buttons that a browser would take for sending; the first row of work is current and has no end. */
const markup = (most: number) => `<main><form action="/sent">
<label>Full name <input name="name"></label>
<fieldset><legend>Work experience</legend><div id="work"></div><button>Add another</button></fieldset>
<section><h2>Education</h2><div id="education"></div><button>Add another</button></section>
<section><h2>Languages</h2><button>Add another</button></section>
<button>Submit application</button></form></main>
<script>
const count = { work: 0, education: 0 };
const rows = {
  work: (n) => '<label>Company <input name="w' + n + 'c"></label><label>Job title <input name="w' + n + 't"></label>' +
    '<label>Start date <input type="date" name="w' + n + 's"></label>' +
    (n === 0 ? "" : '<label>End date <input type="date" name="w' + n + 'e"></label>'),
  education: (n) => '<label>School <input name="e' + n + 's"></label><label>Degree <input name="e' + n + 'd"></label>',
};
function add(list) {
  if (count[list] >= ${most}) return;
  document.querySelector("#" + list).insertAdjacentHTML("beforeend", "<div>" + rows[list](count[list]++) + "</div>");
}
add("work");
for (const [index, list] of ["work", "education"].entries()) {
  document.querySelectorAll("#work + button, #education + button")[index].addEventListener("click", (event) => add(list));
}
document.querySelector("form").addEventListener("submit", () => (document.title = "sent"));
</script>`;

async function fillRows(page: Page, most: number): Promise<Record<string, unknown>> {
  await page.setContent(markup(most));
  const read = await readForm(page, signal);
  const form = await addRows({ page, form: read, entries: countEntries(profile) }, signal);
  const plan = planFields({ fields: form.fields, profile, resume: null, today });
  const report = await fillPage({ page, form, plan, files: {} }, signal);
  expect(report.fields.filter(({ ok }) => !ok)).toEqual([]);
  expect(await page.title()).not.toBe("sent");
  const { fields } = await readBack({ page, form, plan, files: {}, pageNumber: 1 }, signal);
  return Object.fromEntries(fields.map(({ id, value }) => [id, value]));
}

test("each entry gets a row of its own, as many as there are, and nothing is sent", async () => {
  const page = await site.open("/plain.html");
  expect(await fillRows(page, 9)).toEqual({
    name: "Ada Example",
    w0c: "Dockside Ltd",
    w0t: "Welder",
    w0s: "2022-01-10",
    w1c: "Quay Corp",
    w1t: "Apprentice",
    w1s: "2019-01-07",
    w1e: "2021-12-31",
    w2c: "Pier Works",
    w2t: "Helper",
    w2s: "2017-05-02",
    w2e: "2018-12-21",
    e0s: "Harbour College",
    e0d: "BSc",
    e1s: "Bay School",
    e1d: "Diploma",
  });
  await page.context().close();
});

test("a form that adds no more rows is filled as far as it goes", async () => {
  const page = await site.open("/plain.html");
  expect(await fillRows(page, 1)).toEqual({
    name: "Ada Example",
    w0c: "Dockside Ltd",
    w0t: "Welder",
    w0s: "2022-01-10",
    e0s: "Harbour College",
    e0d: "BSc",
  });
  await page.context().close();
});

test("a row that waits hidden in the page is brought up by its button", async () => {
  const page = await site.open("/wizard/done");
  const row = (n: number) =>
    `<label>Employer <input name="-${n}_Employer"></label><label>Job title <input name="-${n}_JobTitle"></label>`;
  await page.setContent(
    `<form method="post"><fieldset><legend>Work experience</legend><div>${row(1)}</div>
     <div id="second" hidden>${row(2)}</div><button type="button">Add More</button></fieldset>
     <button>Next</button></form>`,
  );
  await page.evaluate(() => {
    document.querySelector("button")?.addEventListener("click", () => {
      document.querySelector("#second")?.removeAttribute("hidden");
    });
  });
  const before = await readForm(page, signal);
  const form = await addRows({ page, form: before, entries: countEntries(profile) }, signal);
  const shown = form.fields.filter(({ visible }) => visible).map(({ name }) => name);
  expect(shown).toEqual(["-1_Employer", "-1_JobTitle", "-2_Employer", "-2_JobTitle"]);
  await page.context().close();
});
