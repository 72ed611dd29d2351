import { isValetError } from "@valet/contracts";
import { everyCaseOr } from "@valet/testkit";
import { afterAll, expect, test } from "vitest";
import { createResumeParser } from "../create-resume-parser.ts";
import { layouts, printLayout } from "./layouts.fixture.ts";
import { makePerson } from "./people.fixture.ts";
import { type Random, seededRandom } from "./random.fixture.ts";

const mutations = everyCaseOr(20_000, 40);
const limitMs = everyCaseOr(120, 2) * 60_000;
const { signal } = new AbortController();
const parser = createResumeParser();
afterAll(() => parser.close());

/** Bytes changed, cut out, doubled or cut off. */
function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const at = Math.floor(random.next() * bytes.length);
  const length = 1 + Math.floor(random.next() * 40);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + length)];
  const some = Uint8Array.from({ length }, () => Math.floor(random.next() * 256));
  const parts = random.pick([
    [before, some, after],
    [before, after],
    [before, bytes.subarray(at, at + length), bytes.subarray(at)],
    [before],
  ]);
  return Buffer.concat(parts);
}

test(
  "a damaged file is read or refused, and never more than that",
  async () => {
    const [layout] = Object.values(layouts);
    if (layout === undefined) throw new Error("There is a layout.");
    const valid = await printLayout(layout, makePerson(1));
    const outcomes = new Map<string, number>();
    for (let seed = 1; seed <= mutations; seed += 1) {
      const random = seededRandom(seed);
      const damaged = mutate(valid, random);
      const outcome = await parser.parse(damaged, signal).then(
        () => "read",
        (error: unknown) => (isValetError(error, "RESUME_UNREADABLE") ? "refused" : String(error)),
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect([...outcomes.keys()].toSorted()).toEqual(["read", "refused"]);
  },
  limitMs,
);
