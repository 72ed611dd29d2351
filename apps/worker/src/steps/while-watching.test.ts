import { once } from "node:events";
import { expect, test } from "vitest";
import { whileWatching } from "./while-watching.ts";

/** Work whose progress is a number, and that ends when the test says so. */
function work() {
  const events = new EventTarget();
  let progress = 0;
  let looks = 0;
  let told = 0;
  const result = whileWatching(
    async () => {
      await once(events, "end");
      return "done";
    },
    {
      look: async () => {
        looks += 1;
        return progress;
      },
      onProgress: async () => {
        told += 1;
      },
      intervalMs: 1,
    },
  );
  return {
    result,
    advance: () => (progress += 1),
    end: () => events.dispatchEvent(new Event("end")),
    told: () => told,
    looks: () => looks,
  };
}

test("work that gets on is told of, work that stands still is not", async () => {
  const watched = work();
  await expect.poll(() => watched.looks()).toBeGreaterThan(5);
  expect(watched.told()).toBe(0);
  watched.advance();
  await expect.poll(() => watched.told()).toBe(1);
  watched.end();
  expect(await watched.result).toBe("done");
});

test("a look that fails leaves the work alone", async () => {
  const result = whileWatching(async () => "done", {
    look: () => Promise.reject(new Error("no database")),
    onProgress: async () => undefined,
    intervalMs: 1,
  });
  expect(await result).toBe("done");
});
