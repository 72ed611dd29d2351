import type { Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fillPage } from "../fill/fill-page.ts";
import type { FormPage } from "../read/form-page.ts";
import { readForm } from "../read/read-form.ts";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import type { SmallAction } from "./small-action.ts";
import { type Hand, takeInHand } from "./take-in-hand.ts";

const { signal } = new AbortController();
let site: TestSite;
let page: Page;
let form: FormPage;

beforeAll(async () => {
  site = await openTestSite();
  page = await site.open("/odd-widgets.html");
});

beforeEach(async () => {
  await page.reload();
  form = await readForm(page, signal);
});

afterAll(() => site.close());

function fieldOf(label: string) {
  const field = form.fields.find((one) => one.label === label);
  if (field === undefined) throw new Error(`No field asks ${label}.`);
  return field;
}

async function handAt(label: string, value: string): Promise<Hand> {
  const hand = await takeInHand({ page, form, field: fieldOf(label), value }, signal);
  if (hand === undefined) throw new Error("The field's frame is gone.");
  return hand;
}

/** Points as an engine that sees the tree does. */
async function pathOf(css: string): Promise<string> {
  return page.evaluate((selector) => {
    let path = "";
    for (let node = document.querySelector(selector); node !== null; node = node.parentElement) {
      const twins = [...(node.parentElement?.children ?? [node])].filter(
        ({ localName }) => localName === node?.localName,
      );
      path = `/${node.localName}[${twins.indexOf(node) + 1}]${path}`;
    }
    return path;
  }, css);
}

async function at(action: SmallAction["do"], css: string): Promise<SmallAction> {
  return { do: action, at: { xpath: await pathOf(css) } };
}

test("the rules alone do not know these widgets", async () => {
  const plan = [
    { id: fieldOf("Notice period").id, value: "3 months" },
    { id: fieldOf("City of birth").id, value: "Oslo" },
  ].map((one) => ({
    ...one,
    action: "fill" as const,
    source: "profile" as const,
    confidence: 1,
    why: "",
  }));
  const { fields } = await fillPage({ page, form, plan, files: {} }, signal);

  expect(fields.map(({ ok }) => ok)).toEqual([false, false]);
});

test("what is pointed at is done, and the value is put in and looked for by code", async () => {
  const hand = await handAt("Notice period", "3 months");

  expect(await hand.holds(signal)).toBe(false);
  expect(await hand.carryOut(await at("click", "#notice"), signal)).toBeNull();
  expect(await hand.carryOut(await at("pick", "#layer span"), signal)).toBeNull();
  expect(await hand.holds(signal)).toBe(true);
  expect(hand.done()).toEqual([
    { do: "click", at: "#notice" },
    { do: "pick", at: "#layer" },
  ]);
});

test("a place of the screen is as good as a path", async () => {
  const hand = await handAt("Notice period", "1 month");
  const middle = async (css: string) => {
    const box = await page.locator(css).first().boundingBox();
    return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
  };
  await hand.carryOut({ do: "click", at: await middle("#notice") }, signal);
  // Whichever entry is pointed at: the one that says the value is taken.
  await hand.carryOut({ do: "click", at: await middle("#layer span") }, signal);

  expect(await page.textContent("#notice")).toBe("1 month");
});

test("the value is typed where a line asks for it, and nowhere else", async () => {
  const hand = await handAt("City of birth", "Oslo");
  await hand.carryOut(await at("click", "#city"), signal);

  expect(await hand.carryOut(await at("type", "#layer"), signal)).toBe("takes_no_text");
  expect(await hand.carryOut(await at("type", "#layer input"), signal)).toBeNull();
  expect(await hand.carryOut(await at("click", "#layer p span"), signal)).toBeNull();
  expect(await hand.holds(signal)).toBe(true);
});

test("what once worked works again with another value, by code alone", async () => {
  const first = await handAt("Notice period", "3 months");
  await first.carryOut(await at("click", "#notice"), signal);
  await first.carryOut(await at("pick", "#layer span"), signal);
  await first.close(signal);
  await page.reload();
  const second = await handAt("Notice period", "None");

  expect(await second.replay([...first.done()], signal)).toBe(true);
  expect(await page.textContent("#notice")).toBe("None");
});

test("a recipe of another page does nothing to this one", async () => {
  const hand = await handAt("Notice period", "None");
  const replayed = [
    await hand.replay([{ do: "click", at: "#send" }], signal),
    await hand.replay([{ do: "type", at: "#mail" }], signal),
    await hand.replay([{ do: "click", at: "#gone" }], signal),
  ];

  expect(replayed).toEqual([false, false, false]);
  expect(await page.inputValue("#mail")).toBe("");
  expect(site.posts).toEqual([]);
});

test.each<[string, SmallAction["do"], string, string]>([
  ["the button that sends", "click", "#send", "sends"],
  ["a link", "click", "a", "leads_away"],
  ["another field", "type", "#mail", "other_field"],
  ["its label", "click", "label[for=mail]", "other_field"],
  ["another widget", "click", "#team", "other_field"],
  ["the page around it", "click", "form", "other_field"],
  ["what is nowhere", "click", "#gone", "not_there"],
])("%s is not touched for a field", async (_, action, css, why) => {
  const hand = await handAt("Notice period", "3 months");
  const before = await page.content();

  expect(await hand.carryOut(await at(action, css), signal)).toBe(why);
  expect(await page.content()).toBe(before);
});

test("a button that sends is not pressed, wherever it lies and whatever it is made of", async () => {
  const hand = await handAt("City of birth", "Oslo");
  await hand.carryOut(await at("click", "#city"), signal);

  expect(await hand.carryOut(await at("click", "#layer b"), signal)).toBe("sends");
  expect(site.posts).toEqual([]);
});

test("an entry that is not the value is not pressed", async () => {
  const hand = await handAt("Notice period", "6 weeks");
  await hand.carryOut(await at("click", "#notice"), signal);

  expect(await hand.carryOut(await at("click", "#layer span"), signal)).toBe("not_the_value");
  expect(await page.textContent("#notice")).toBe("Choose…");
});

test("nor is the only one of them", async () => {
  const hand = await handAt("City of birth", "Oakland");
  await hand.carryOut(await at("click", "#city"), signal);
  await page.fill("#layer input", "Osl");

  expect(await hand.carryOut(await at("click", "#layer p span"), signal)).toBe("not_the_value");
});

test("what is covered or cannot be seen is not pressed", async () => {
  await page.addStyleTag({
    content: "#veil{position:fixed;inset:0;background:#fff8} .dd#team{opacity:0}",
  });
  const unseen = await handAt("Team size", "large");
  const hidden = await unseen.carryOut(await at("click", "#team"), signal);
  await page.evaluate(() => {
    const veil = document.createElement("div");
    veil.id = "veil";
    document.body.append(veil);
  });
  const hand = await handAt("Notice period", "3 months");

  expect([hidden, await hand.carryOut(await at("click", "#notice"), signal)]).toEqual([
    "not_shown",
    "covered",
  ]);
});

test("nothing of another frame is touched for a field of this one", async () => {
  await page.evaluate(() => {
    const frame = document.createElement("iframe");
    frame.srcdoc = "<button type=button>Press</button>";
    document.querySelector(".q")?.append(frame);
  });
  const frame = page.frameLocator("iframe");
  await frame.locator("button").waitFor();
  const hand = await handAt("Notice period", "3 months");
  const inside = `${await pathOf("iframe")}/html[1]/body[1]/button[1]`;

  expect(await hand.carryOut({ do: "click", at: { xpath: inside } }, signal)).toBe("other_frame");
});
