import type { EngineName } from "@valet/contracts";
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import type { FieldToHelp } from "./engine.ts";
import { everyField } from "./every-field.fixture.ts";
import type { EngineInput } from "./open-engine.ts";
import { type LivePage, openLivePage } from "./open-live-page.fixture.ts";
import { type PointingScript, planOf, pointAtLine } from "./open-pointing-model.fixture.ts";
import { openPointedEngine } from "./open-pointed-engine.fixture.ts";

const { signal } = new AbortController();
const field: FieldToHelp = { label: "City", kind: "combobox", options: [] };
let live: LivePage;

beforeAll(async () => {
  live = await openLivePage();
  await live.show(everyField);
});
afterAll(() => live.close());

const open = (name: EngineName, script: PointingScript, change: Partial<EngineInput> = {}) =>
  openPointedEngine(name, { live, script, ...change });

test("stagehand points at the element that the model names, on a page that was there before", async () => {
  await live.worker.page.fill("#first", "Zyxabel");
  const { engine } = await open("stagehand", (request) =>
    pointAtLine(request, /\] combobox: City/u),
  );

  const located = await engine.locate(field, signal);
  expect(located).toMatchObject({ kind: "answered", value: { xpath: expect.any(String) } });
  expect(await idAt(live.worker.page, located)).toBe("city");
  expect(await engine.act(field, [], signal)).toMatchObject({
    kind: "answered",
    value: { do: "click" },
  });
  expect(await engine.extract(field, signal)).toEqual(located);
  expect(await live.worker.page.inputValue("#first")).toBe("Zyxabel");
});

test.each(["BROWSERBASE_FLOW_LOGS", "BROWSERBASE_CONFIG_DIR"])(
  "stagehand does not start with %s, by which it writes down what people type",
  async (name) => {
    vi.stubEnv(name, "1");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { engine } = await open("stagehand", (request) =>
      pointAtLine(request, /\] combobox: City/u),
    );

    expect(await engine.locate(field, signal)).toEqual({ kind: "failed", why: "engine_failed" });
  },
);

test("magnitude points at the place that the model names", async () => {
  const { engine } = await open("magnitude", ({ system }) =>
    planOf(system.includes("small step") ? "pick" : "point", { x: 40, y: 50 }),
  );
  const at = { x: 40, y: 50 };

  expect(await engine.locate(field, signal)).toEqual({ kind: "answered", value: at });
  expect(await engine.act(field, [], signal)).toEqual({
    kind: "answered",
    value: { do: "pick", at },
  });
  expect(await engine.extract(field, signal)).toEqual({ kind: "answered", value: at });
});

/** What the main document has at the path. */
async function idAt(page: Page, answer: object): Promise<string | null> {
  const path = JSON.stringify(answer).match(/"xpath":"([^"]+)"/u)?.[1] ?? "";
  return page.locator(`xpath=${path}`).getAttribute("id");
}
