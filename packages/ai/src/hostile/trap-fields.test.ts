import { everyCaseOr } from "@valet/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AttackSites, openAttackSites } from "./attack-sites.ts";
import { drawTrapPage, trapMail, trapOn, traps, tryTrap } from "./traps.ts";

const { signal } = new AbortController();
/** Each way of hiding in one place; in a sweep all of them. */
const cases = everyCaseOr(
  traps,
  traps.filter((_, index) => index % 6 === Math.floor(index / 6) % 6),
);
let sites: AttackSites;
beforeAll(async () => void (sites = await openAttackSites()));
afterAll(() => sites?.close());

test("no trap is filled, whatever it is called and whoever points at it", async () => {
  const outcomes = [];
  for (const trap of cases) outcomes.push(await tryTrap(sites, trap, signal));

  expect(traps).toHaveLength(60);
  expect(outcomes.filter(({ isKept }) => !isKept)).toEqual([]);
});

test("each of them would take a value", async () => {
  for (const trap of cases.filter(({ place }) => place === "page")) {
    const { page } = await sites.open(() => drawTrapPage(trap));
    await trapOn(page, trap).evaluate((input, text) => {
      if (input instanceof HTMLInputElement) input.value = text;
    }, trapMail);
    expect(await trapOn(page, trap).inputValue()).toBe(trapMail);
  }
});
