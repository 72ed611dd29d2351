import type { QueuePlace, TaskDetail } from "@valet/contracts";
import { ValetError } from "@valet/contracts";
import { expect, test } from "vitest";
import { taskDetail } from "./task-detail.fixture.ts";
import { tellQueuePlace } from "./tell-queue-place.ts";

const { signal } = new AbortController();
const behind = (count: number): QueuePlace => ({ behind: count, heldUpBy: "turn", until: null });

function clientThatSays(...said: (Partial<TaskDetail> | ValetError)[]) {
  const left = said.values();
  return {
    async getTask(): Promise<TaskDetail> {
      const next = left.next().value;
      if (next === undefined) throw new Error("It was asked once more.");
      if (next instanceof ValetError) throw next;
      return { ...taskDetail, finishedAt: null, state: "queued", ...next };
    },
  };
}

async function told(...said: (Partial<TaskDetail> | ValetError)[]) {
  const places: (number | null)[] = [];
  const list = { setQueue: (place: QueuePlace | null) => void places.push(place?.behind ?? null) };
  await tellQueuePlace({ client: clientThatSays(...said), list, lookEveryMs: 0 }, "id", signal);
  return places;
}

test("where it stands is told until it is started, and then not asked for any more", async () => {
  const places = [{ queue: behind(2) }, { queue: behind(1) }, { queue: null }];
  expect(await told({ state: "created", queue: null }, ...places)).toEqual([null, 2, 1, null]);
});

test("that it could not be asked for is no matter of this", async () => {
  expect(await told({ queue: behind(2) }, new ValetError("API_UNREACHABLE", "Gone."))).toEqual([2]);
});

test("nothing is asked once nobody follows any more", async () => {
  const list = { setQueue: () => expect.unreachable() };
  const client = clientThatSays();
  expect(await tellQueuePlace({ client, list }, "id", AbortSignal.abort())).toBeUndefined();
});
