import type { PlannedField } from "@valet/contracts";
import type { Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readForm } from "../read/read-form.ts";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { fillPage } from "./fill-page.ts";
import { readBack } from "./read-back.ts";

const { signal } = new AbortController();
let site: TestSite;
let page: Page;

beforeAll(async () => {
  site = await openTestSite();
  page = await site.open("/wizard/done");
});
afterAll(() => site.close());

/** A search line that only Enter sends, a list at the end of the page, and one of what was chosen. */
const markup = `<form><div><label for="s">Wie haben Sie von uns erfahren?*</label>
  <div><div><ul role="listbox" data-part="selectedItemList" aria-label="0 gewählt"></ul>
  <input id="s" data-part="searchBox" data-widget="selectinput" placeholder="Suchen" autocomplete="off"></div></div></div>
  <button type="button">Absenden</button></form>
<script>
const leaves = ["Company website archive", "Company website", "Job board"];
const [chosen, input] = [document.querySelector("ul"), document.querySelector("input")];
const offer = (names) => {
  document.querySelector("#offer")?.remove();
  const list = document.createElement("div");
  list.id = "offer";
  list.setAttribute("role", "listbox");
  const { bottom, left } = input.getBoundingClientRect();
  Object.assign(list.style, { position: "fixed", top: bottom + "px", left: left + "px", width: "200px" });
  for (const name of names) {
    const option = document.createElement("div");
    option.setAttribute("role", "option");
    option.textContent = name;
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => {
      chosen.innerHTML = '<li role="presentation"><div role="option" aria-selected="true">' + name +
        '</div><div role="button" aria-label="x">×</div></li>';
      chosen.querySelector("[role=button]").addEventListener("click", () => chosen.replaceChildren());
      list.remove();
      input.value = "";
    });
    list.append(option);
  }
  document.body.append(list);
};
input.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  setTimeout(() => offer(leaves.filter((leaf) => leaf.includes(input.value))), 100);
});
input.addEventListener("blur", () => { input.value = ""; });
</script>`;

beforeEach(() => page.setContent(markup));

function planned(id: string, value: string): PlannedField {
  return { id, action: "fill", value, source: "profile", confidence: 1, why: "" };
}

async function filled(value: string): Promise<unknown> {
  const form = await readForm(page, signal);
  expect(form.fields).toMatchObject([{ id: "s", kind: "combobox", required: true }]);
  const plan = [planned("s", value)];
  const report = await fillPage({ page, form, plan, files: {} }, signal);
  const { fields } = await readBack({ page, form, plan, files: {}, pageNumber: 1 }, signal);
  return { ok: report.fields[0]?.ok, held: fields[0]?.value };
}

test("a search that waits for Enter is sent, and the exact hit is chosen", async () => {
  expect(await filled("Company website")).toEqual({ ok: true, held: "Company website" });
});

test("what stands in the list of chosen things is the value, and another replaces it", async () => {
  await filled("Job board");
  expect(await filled("Company website")).toEqual({ ok: true, held: "Company website" });
});
