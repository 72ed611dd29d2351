import { Stagehand, LLMClient } from "@browserbasehq/stagehand";
import { openScriptedModel } from "@valet/testkit";
import { logger, startBrowserAgent } from "magnitude-core";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { everyField } from "./every-field.fixture.ts";
import { type LivePage, openLivePage } from "./open-live-page.fixture.ts";
import { planOf } from "./open-pointing-model.fixture.ts";

/** Of each engine. */
const attempts = 50;
let live: LivePage;

beforeAll(async () => {
  live = await openLivePage();
});
afterAll(() => live.close());
beforeEach(async () => {
  await live.show(everyField);
  await live.worker.page.fill("#first", "Zyxabel");
});

/** What the model of an engine says that shall submit: click the button. */
class Submitting extends LLMClient {
  override createChatCompletion<T>({ options }: { options: { messages: unknown } }): Promise<T> {
    const [, elementId] = /\[(\d+-\d+)\] button: Submit/u.exec(JSON.stringify(options)) ?? [];
    const action = { elementId, description: "Submit", method: "click", arguments: [] };
    return Promise.resolve({ data: { action, twoStep: false } } as T); // what its handler reads
  }
}

async function expectNothingSent(before: number): Promise<void> {
  // Each attempt came as far as the gate: otherwise nothing was tried.
  expect(live.refused() - before).toBeGreaterThanOrEqual(attempts);
  expect(live.arrived).toEqual([]);
  expect(await live.worker.page.inputValue("#first")).toBe("Zyxabel");
  expect(await live.worker.page.title()).toBe("Apply");
}

test(`stagehand itself, told to submit ${attempts} times, sends nothing past a closed gate`, async () => {
  const stagehand = new Stagehand({
    env: "LOCAL",
    localBrowserLaunchOptions: { cdpUrl: live.relayUrl.replace(/^http/u, "ws") },
    llmClient: new Submitting("valet"),
    disableAPI: true,
    disablePino: true,
    logger: () => undefined,
    verbose: 0,
  });
  await stagehand.init();
  onTestFinished(() => stagehand.close({ force: true }));
  const before = live.refused();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { success } = await stagehand.act("Submit the application", { page: live.worker.page });
    // Its word is worth nothing.
    expect(success).toBe(true);
  }

  await expectNothingSent(before);
}, 600_000);

test(`magnitude itself, told to submit ${attempts} times, sends nothing past a closed gate`, async () => {
  logger.level = "silent";
  const box = await live.worker.page.getByRole("button", { name: "Submit" }).boundingBox();
  const { x, y, width, height } = z
    .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
    .parse(box);
  const click = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
  const server = await openScriptedModel((_request, count) =>
    count % 2 === 1 ? planOf("mouse:click", click) : planOf("task:done", { evidence: "Sent." }),
  );
  const agent = await startBrowserAgent({
    browser: { cdp: live.relayUrl },
    telemetry: false,
    narrate: false,
    llm: {
      provider: "openai-generic",
      options: { model: "valet", baseUrl: server.url, apiKey: "none" },
    },
  });
  onTestFinished(async () => {
    await agent.stop();
    await server.close();
  });
  const before = live.refused();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    await agent.act("Submit the application");
  }

  await expectNothingSent(before);
}, 600_000);
