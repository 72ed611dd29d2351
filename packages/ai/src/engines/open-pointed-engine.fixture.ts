import type { EngineName } from "@valet/contracts";
import { onTestFinished } from "vitest";
import { createBlanking } from "./create-blanking.ts";
import type { Engine } from "./engine.ts";
import { type EngineInput, openEngine } from "./open-engine.ts";
import { type LivePage, quietLog } from "./open-live-page.fixture.ts";
import {
  type PointingModel,
  type PointingScript,
  openPointingModel,
} from "./open-pointing-model.fixture.ts";

interface PointedEngineInput extends Partial<EngineInput> {
  readonly live: LivePage;
  readonly script: PointingScript;
}

/** An engine at the live page whose model says what a script says. Closed when the test ends. */
export async function openPointedEngine(
  name: EngineName,
  { live, script, ...change }: PointedEngineInput,
): Promise<{ readonly engine: Engine; readonly server: PointingModel }> {
  const { page } = live.worker;
  const server = await openPointingModel(script);
  const engine = await openEngine(
    name,
    {
      relayUrl: live.relayUrl,
      page,
      model: server.model,
      blanking: createBlanking({ page, facts: [] }),
      log: quietLog,
      ...change,
    },
    new AbortController().signal,
  );
  onTestFinished(async () => {
    await engine.close();
    await server.close();
  });
  return { engine, server };
}
