import { expect, test } from "vitest";
import { batchApplyBody } from "./batch-apply-body.ts";
import type { DurablePort } from "./durable-port.ts";

const batchId = "00000000-0000-4000-8000-00000000000a";

/** Plays the engine: so many waves until the batch is over. */
function recordingPort(waves: number) {
  const asked: unknown[] = [];
  const port: DurablePort = {
    now: async () => {
      asked.push("now");
      return new Date("2026-01-03T00:00:00Z");
    },
    waitFor: async (conditions) => {
      asked.push(JSON.parse(JSON.stringify(conditions)));
      return {};
    },
    spawnChild: async (child, input, { key }) => {
      asked.push({ child, input, key });
      return { over: "wave" in input && input.wave === waves, made: 1 };
    },
  };
  return { port, asked };
}

/* What is asked, in which order, is in the log of every batch that waits: see `wait-sequence.test.ts`. */
test("between two waves it waits for the one event of the earlier one, and it ends with the last", async () => {
  const { port, asked } = recordingPort(2);
  const start = { batchId, epoch: 3, startWave: "start-wave", additionalMetadata: {} };
  expect(await batchApplyBody(port, start)).toEqual({ waves: 2 });
  const base = expect.objectContaining({ orGroupId: expect.any(String) });
  expect(asked).toMatchObject([
    "now",
    { child: "start-wave", input: { batchId, epoch: 3, wave: 1 }, key: "wave-1" },
    {
      conditions: [
        { base, sleepFor: "5m" },
        {
          base,
          expression: `input.batchId == '${batchId}'`,
          eventKey: "batch_wave_done",
          scope: `batch:${batchId}:3:1`,
          considerEventsSince: "2026-01-01T00:00:00.000Z",
        },
      ],
    },
    "now",
    { child: "start-wave", input: { batchId, epoch: 3, wave: 2 }, key: "wave-2" },
  ]);
});
