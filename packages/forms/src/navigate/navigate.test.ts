import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { fillPage } from "../fill/fill-page.ts";
import { pollUntil } from "../page-script/poll-until.ts";
import { readForm } from "../read/read-form.ts";
import { examplePlan } from "../test/example-profile.ts";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { advance } from "./advance.ts";
import { classifyPage, type PageKind } from "./classify-page.ts";
import { clickSubmit } from "./click-submit.ts";
import { openApplicationForm } from "./open-application-form.ts";
import { readPosting } from "../posting/read-posting.ts";
import { readPageFacts } from "./read-page-facts.ts";

const { signal } = new AbortController();
let site: TestSite;

beforeAll(async () => {
  site = await openTestSite();
});

afterAll(async () => {
  await site.close();
});

async function fillAt(page: Page, values: Record<string, string>) {
  const form = await readForm(page, signal);
  await fillPage({ page, form, plan: examplePlan(values), files: {} }, signal);
  return form;
}

async function kindAfter(
  page: Page,
  isWanted: (kind: PageKind) => boolean,
): Promise<PageKind | undefined> {
  return pollUntil(
    async () => {
      const kind = classifyPage(await readPageFacts(page, signal));
      return isWanted(kind) ? kind : undefined;
    },
    { timeoutMs: 5_000, signal },
  );
}

describe("leading on", () => {
  test("a page that accepts leads to the next one, by one post", async () => {
    const page = await site.open("/wizard/1");
    const before = site.posts.length;
    const form = await fillAt(page, { name: "Ada Example", email: "ada@example.com" });
    const result = await advance({ page, form }, signal);
    expect(result).toMatchObject({ kind: "advanced", form: { url: `${site.origin}/wizard/2` } });
    expect(site.posts.slice(before).map(({ path }) => path)).toEqual(["/wizard/1"]);
    await page.context().close();
  });

  test("a page that refuses names the field, also the second time", async () => {
    const page = await site.open("/wizard/1");
    const form = await fillAt(page, { name: "Ada Example", email: "nobody" });
    const refused = { kind: "invalid", fields: ["email"] };
    expect(await advance({ page, form }, signal)).toEqual(refused);
    expect(await advance({ page, form }, signal)).toEqual(refused);
    await page.context().close();
  });

  test("the browser's own refusal counts, though it changes nothing on the page", async () => {
    const page = await site.open("/wizard/native");
    const form = await readForm(page, signal);
    expect(await advance({ page, form }, signal)).toEqual({ kind: "invalid", fields: ["email"] });
    await page.context().close();
  });

  test("a page that does nothing is stuck", async () => {
    const page = await site.open("/wizard/stuck");
    const form = await readForm(page, signal);
    expect(form.buttons.next?.text).toBe("Next");
    expect(await advance({ page, form, timeoutMs: 600 }, signal)).toEqual({ kind: "stuck" });
    await page.context().close();
  });
});

describe("submitting", () => {
  test("is one click and one post, and the confirmation is recognised", async () => {
    const page = await site.open("/wizard/2");
    const form = await fillAt(page, { source: "LinkedIn" });
    const before = site.posts.length;
    expect(form.buttons).toMatchObject({ submit: { text: "Submit application" } });
    expect(await clickSubmit({ page, form }, signal)).toEqual({ kind: "clicked" });
    const kind = await kindAfter(page, (kind) => kind.kind === "confirmation");
    expect(kind).toEqual({ kind: "confirmation", reference: "HB-2026-17" });
    expect(site.posts.slice(before).map(({ body }) => body)).toEqual(["source=LinkedIn"]);
    await page.context().close();
  });

  test("a covered button is not clicked", async () => {
    const page = await site.open("/wizard/2");
    const form = await readForm(page, signal);
    const before = site.posts.length;
    await page.evaluate(() => document.querySelector("button")?.setAttribute("disabled", ""));
    expect(await clickSubmit({ page, form }, signal)).toEqual({ kind: "not_clickable" });
    expect(site.posts).toHaveLength(before);
    await page.context().close();
  });

  test("a refused submit of a scripted form shows as a form with errors, a good one as confirmed", async () => {
    const page = await site.open("/react-form.html");
    await page.waitForSelector("form");
    const form = await readForm(page, signal);
    await clickSubmit({ page, form }, signal);
    expect(await kindAfter(page, ({ kind }) => kind === "form_with_errors")).toBeDefined();
    expect((await readForm(page, signal)).signature).toBe(form.signature);
    await fillPage({ page, form, plan: examplePlan({ q_auth: "No" }), files: {} }, signal);
    await clickSubmit({ page, form }, signal);
    expect(await kindAfter(page, ({ kind }) => kind === "confirmation")).toBeDefined();
    await page.context().close();
  });
});

describe("finding the form", () => {
  test("a posting's own apply link is followed", async () => {
    const page = await site.open("/posting.html");
    expect(classifyPage(await readPageFacts(page, signal))).toMatchObject({
      kind: "posting",
      apply: { text: "Apply for this job" },
    });
    const opened = await openApplicationForm({ page }, signal);
    expect(opened).toMatchObject({ kind: "form", form: { url: `${site.origin}/plain.html` } });
    await page.context().close();
  });

  test("a form that a button brings up on the same page is waited for", async () => {
    const page = await site.open("/posting-dialog.html");
    const opened = await openApplicationForm({ page }, signal);
    expect(opened).toMatchObject({
      kind: "form",
      form: { buttons: { submit: { text: "Send application" } } },
    });
    await page.context().close();
  });

  test("the form that was filled before is known again at the first look, any other at the third", async () => {
    const page = await site.open("/wizard/1");
    const { signature } = await readForm(page, signal);
    const lookedAt = async (expected: string): Promise<number> => {
      const evaluate = vi.spyOn(page.mainFrame(), "evaluate");
      expect((await openApplicationForm({ page, expected }, signal)).kind).toBe("form");
      const looks = evaluate.mock.calls.length;
      evaluate.mockRestore();
      return looks;
    };
    const [again, other] = [await lookedAt(signature), await lookedAt("of another form")];
    expect(other - again).toBe(2);
    await page.context().close();
  });

  test("a form that stands under a fault of the site is still the form", async () => {
    const page = await site.open("/wizard/1");
    await page.evaluate(() => {
      const alert = document.createElement("p");
      alert.setAttribute("role", "alert");
      alert.textContent = "We could not save this page. Please try again later.";
      document.body.prepend(alert);
    });
    expect(classifyPage(await readPageFacts(page, signal)).kind).toBe("site_error");
    expect((await openApplicationForm({ page }, signal)).kind).toBe("form");
    await page.context().close();
  });

  test("a link to another site is not followed", async () => {
    const page = await site.open("/posting-elsewhere.html");
    expect(await openApplicationForm({ page }, signal)).toEqual({
      kind: "elsewhere",
      host: "elsewhere.example",
    });
    expect(page.url()).toBe(`${site.origin}/posting-elsewhere.html`);
    await page.context().close();
  });

  test("a way of the site's own that ends on another site is not read as its form", async () => {
    const page = await site.open("/posting.html");
    const elsewhere = site.origin.replace("127.0.0.1", "localhost");
    await page.route("**/plain.html", (route) =>
      route.fulfill({ status: 302, headers: { location: `${elsewhere}/react-form.html` } }),
    );
    const host = new URL(elsewhere).host;
    expect(await openApplicationForm({ page }, signal)).toEqual({ kind: "elsewhere", host });
    await page.context().close();
  });

  test.each([
    `<form method="post" action="/wizard/2"><button>Apply now</button></form>`,
    `<button onclick="fetch('/wizard/2', { method: 'POST' })">Easy Apply</button>`,
    `<form method="post" action="/wizard/2"><button>Submit application</button></form>`,
  ])("a button that applies at once is never pressed: %s", async (markup) => {
    const page = await site.open("/wizard/done");
    const before = site.posts.length;
    await page.setContent(`<h1>Welder</h1><p>We build ships.</p>${markup}`);
    expect(await openApplicationForm({ page, isFirst: true }, signal)).toEqual({
      kind: "one_click",
    });
    expect(site.posts).toHaveLength(before);
    await page.context().close();
  });

  test("with a way to a form beside it, the form is opened", async () => {
    const page = await site.open("/posting.html");
    await page.evaluate(() => {
      document.body.insertAdjacentHTML(
        "afterbegin",
        `<form method="post" action="/wizard/2"><button>Apply now</button></form>`,
      );
    });
    expect((await openApplicationForm({ page, isFirst: true }, signal)).kind).toBe("form");
    await page.context().close();
  });

  test("a form that opens an account is none", async () => {
    const page = await site.open("/wizard/done");
    await page.setContent(
      `<h1>Create your account</h1><form method="post"><label>First name <input></label>
       <label>Last name <input></label><label>Email <input type="email"></label>
       <label>Password <input type="password"></label><button>Create account</button></form>`,
    );
    expect((await readPageFacts(page, signal)).hasApplicationForm).toBe(false);
    await page.context().close();
  });

  test.each([
    ["/closed.html", "closed"],
    ["/no-such-page.html", "not_found"],
    ["/wizard/done", "confirmation"],
  ])("%s is %s", async (path, kind) => {
    const page = await site.open(path);
    expect((await openApplicationForm({ page }, signal)).kind).toBe(kind);
    await page.context().close();
  });
});

test("what a page says of its job is read from its structured data and not from its words", async () => {
  const page = await site.open("/posting.html");
  expect(await readPosting(page, signal)).toEqual({});
  const posting = { "@type": "JobPosting", title: "Welder", jobLocation: { address: "Oslo" } };
  await page.evaluate((text) => {
    const script = document.createElement("script");
    script.type = "application/ld+json";
    script.textContent = text;
    document.body.append(script);
  }, JSON.stringify(posting));
  expect(await readPosting(page, signal)).toEqual({ title: "Welder", location: "Oslo" });
  await page.context().close();
});
