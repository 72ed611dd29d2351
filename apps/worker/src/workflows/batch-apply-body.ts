import { Or, SleepCondition, UserEventCondition } from "@hatchet-dev/typescript-sdk";
import { type StartWaveInput, engineEvents, waveScope } from "@valet/contracts";
import { parseInput } from "../engine/parse-input.ts";
import { StartWaveOutput } from "../steps/start-wave.ts";
import type { DurablePort } from "./durable-port.ts";
import { lookBackFrom } from "./look-back.ts";

/** An event that the engine lost costs this much; nothing else ends this wait. */
const lookAgainAfter = "5m";

interface BatchApplyBody {
  readonly batchId: string;
  readonly epoch: number;
  /** The name of the child that makes applications. */
  readonly startWave: string;
  readonly additionalMetadata: Record<string, string>;
}

/** The durable body of `batch-apply`: waves, each with a stable key, and a wait between two of them. */
export async function batchApplyBody(
  port: DurablePort,
  { batchId, epoch, startWave, additionalMetadata }: BatchApplyBody,
): Promise<{ readonly waves: number }> {
  for (let wave = 1; ; wave += 1) {
    const since = lookBackFrom(await port.now());
    const input: StartWaveInput = { batchId, epoch, wave };
    const options = { sticky: true, key: `wave-${wave}`, additionalMetadata } as const;
    const { over } = parseInput(StartWaveOutput, await port.spawnChild(startWave, input, options));
    if (over) return { waves: wave };
    await port.waitFor(
      Or(
        new SleepCondition(lookAgainAfter, "look-again"),
        new UserEventCondition(
          engineEvents.batchWaveDone,
          `input.batchId == '${batchId}'`,
          "done",
          undefined,
          waveScope(input),
          since,
        ),
      ),
    );
  }
}
