import type { TaskEvent } from "@valet/contracts";
import pc from "picocolors";
import { expect, test } from "vitest";
import { createLiveList } from "./live-list.ts";

const event: TaskEvent = {
  seq: 1,
  epoch: 1,
  taskId: "4d3c2b1a-0000-4000-8000-000000000000",
  at: "2026-11-21T10:00:00.000Z",
  type: "progress",
  data: { step: "fill-fields", pct: 20, message: "Filling in your answers" },
};

function recordingStream(isTTY: boolean) {
  const written: string[] = [];
  return {
    stream: { isTTY, columns: 80, write: (text: string) => void written.push(text) },
    written,
  };
}

test("away from a terminal each event is one plain line", () => {
  const { stream, written } = recordingStream(false);
  const list = createLiveList({ stream, colors: pc.createColors(false) });
  list.add(event);
  list.add({ ...event, seq: 2, at: "2026-11-21T10:00:01.500Z" });
  list.close();
  expect(written).toEqual([
    "      0 ms  fill-fields     20 %  Filling in your answers\n",
    "     1.5 s  fill-fields     20 %  Filling in your answers\n",
  ]);
});

test("on a terminal the list is redrawn over itself and the cursor comes back", () => {
  const { stream, written } = recordingStream(true);
  const list = createLiveList({ stream, colors: pc.createColors(false) });
  list.add(event);
  list.close();
  list.close();
  const text = written.join("");
  expect(text.startsWith("\u001B[?25l")).toBe(true);
  expect(text).toContain("\u001B[8A\r\u001B[0J");
  expect(text.endsWith("\u001B[?25h")).toBe(true);
  expect(text.split("Filling in your answers")).toHaveLength(2);
});

test("why it waits for its start is told once while nothing changes but the time", () => {
  const { stream, written } = recordingStream(false);
  const list = createLiveList({ stream, colors: pc.createColors(false) });
  const place = { behind: 2, heldUpBy: "turn", until: null } as const;
  list.setQueue({ behind: 0, heldUpBy: null, until: null });
  list.setQueue(place);
  list.setQueue({ ...place, until: "2026-11-21T10:00:00.000Z" });
  list.setQueue({ ...place, behind: 1 });
  list.setQueue(null);
  list.close();
  expect(written).toHaveLength(2);
  expect(written[0]).toContain("waits for its start behind 2 of yours: others of yours come first");
});

test("on a terminal why it waits stands above the steps until it is started", () => {
  const { stream, written } = recordingStream(true);
  const list = createLiveList({ stream, colors: pc.createColors(false) });
  list.setQueue({ behind: 2, heldUpBy: "turn", until: null });
  list.close();
  expect(written.at(-2)).toContain("behind 2 of yours");
  const started = createLiveList({ stream, colors: pc.createColors(false) });
  started.setQueue({ behind: 2, heldUpBy: "turn", until: null });
  started.setQueue(null);
  started.close();
  expect(written.at(-2)).not.toContain("waits for its start");
});
