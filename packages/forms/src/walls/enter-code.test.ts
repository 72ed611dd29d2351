import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestSite, type TestSite } from "../test/open-test-site.ts";
import { enterCode, findCodeLength } from "./enter-code.ts";

const { signal } = new AbortController();
let site: TestSite;
beforeAll(async () => void (site = await openTestSite()));
afterAll(() => site.close());

/** Boxes that are drawn anew after each character, from what they held when they were drawn. */
const boxes = `<form><p>We sent a code to you.</p><label>Email <input name=email value="ada@example.com"></label>
<fieldset><legend>Security code</legend><div id=boxes></div></fieldset><button>Submit</button></form><script>
let held = Array(6).fill("");
function draw() {
  const before = held;
  document.querySelector("#boxes").innerHTML = "";
  before.forEach((value, at) => {
    const box = document.createElement("input");
    Object.assign(box, { id: "box-" + at, maxLength: 1, value, type: "text" });
    box.setAttribute("aria-label", "Character " + (at + 1) + " of the security code");
    box.addEventListener("input", () => {
      held = before.map((old, index) => (index === at ? box.value : old));
      setTimeout(() => { draw(); document.querySelector("#box-" + Math.min(at + 1, 5)).focus(); });
    });
    document.querySelector("#boxes").append(box);
  });
}
draw();
</script>`;
const single = `<form><p>We e-mailed you a code.</p><label>Verification code <input name=otp autocomplete=one-time-code></label><button>Verify</button></form>`;
const none = `<form><label>Email <input name=email></label><button>Send</button></form>`;

async function open(markup: string) {
  const page = await site.open("/plain.html");
  await page.setContent(markup);
  return page;
}

test("a character goes into each box, and the page is left as it is otherwise", async () => {
  const page = await open(boxes);
  expect(await findCodeLength(page, signal)).toBe(6);
  expect(await enterCode({ page, code: "A1B2C3" }, signal)).toBe("entered");
  const held = () =>
    page
      .locator("#boxes input")
      .evaluateAll((all: HTMLInputElement[]) => all.map(({ value }) => value));
  await expect.poll(held).toEqual(["A", "1", "B", "2", "C", "3"]);
  expect(await page.getByLabel("Email").inputValue()).toBe("ada@example.com");
});

test("one field takes all of it", async () => {
  const page = await open(single);
  expect(await findCodeLength(page, signal)).toBeUndefined();
  expect(await enterCode({ page, code: "482913" }, signal)).toBe("entered");
  expect(await page.getByLabel("Verification code").inputValue()).toBe("482913");
});

test("a code of another length, or where none is asked for, is typed nowhere", async () => {
  const page = await open(boxes);
  expect(await enterCode({ page, code: "A1B2" }, signal)).toBe("no_place");
  expect(await page.locator("#box-0").inputValue()).toBe("");
  const other = await open(none);
  expect(await enterCode({ page: other, code: "A1B2C3" }, signal)).toBe("no_place");
  expect(await other.getByLabel("Email").inputValue()).toBe("");
});
