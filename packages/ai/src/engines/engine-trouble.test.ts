import { EngineName } from "@valet/contracts";
import { everyCaseOr, type ModelReply, until } from "@valet/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FieldToHelp } from "./engine.ts";
import { everyField } from "./every-field.fixture.ts";
import type { EngineInput } from "./open-engine.ts";
import { type LivePage, openLivePage } from "./open-live-page.fixture.ts";
import { type PointingScript, planOf, pointAtLine } from "./open-pointing-model.fixture.ts";
import { openPointedEngine } from "./open-pointed-engine.fixture.ts";
import { startPointingWorker } from "./start-pointing-worker.fixture.ts";

const { signal } = new AbortController();
const field: FieldToHelp = { label: "City", kind: "combobox", options: [] };
/** The outcomes are made in one place for both. */
const engines = everyCaseOr<readonly EngineName[]>(EngineName.options, ["stagehand"]);
const never = new Promise<ModelReply>(() => undefined);
let live: LivePage;

beforeAll(async () => {
  live = await openLivePage();
});
afterAll(() => live.close());
beforeEach(async () => {
  await live.show(everyField);
  await live.worker.page.fill("#first", "Zyxabel");
});

const open = (name: EngineName, script: PointingScript, change: Partial<EngineInput> = {}) =>
  openPointedEngine(name, { live, script, ...change });

const point: PointingScript = (request) =>
  request.schema === undefined
    ? planOf("point", { x: 9, y: 9 })
    : pointAtLine(request, /\] combobox: City/u);
const said = (text: string, stopReason = "end_turn"): ModelReply => ({
  kind: "text",
  text,
  stopReason,
});

const troubles: readonly [string, ModelReply, ReadonlySet<string>][] = [
  ["429", { kind: "status", status: 429 }, new Set(["overloaded"])],
  ["529", { kind: "status", status: 529 }, new Set(["overloaded"])],
  ["a wrong key", { kind: "status", status: 401 }, new Set(["rejected_key"])],
  ["half of JSON", { kind: "raw", body: '{"content":[{"ty' }, new Set(["malformed"])],
  ["a refusal", said("No.", "refusal"), new Set(["refused"])],
  ["empty output", said(""), new Set(["malformed", "engine_failed", "nothing"])],
  ["words", said("I would click it."), new Set(["malformed", "engine_failed", "nothing"])],
  ["a broken connection", { kind: "hang_up" }, new Set(["unreachable"])],
];

test.each(engines)(
  "whatever a model answers %s, that is an outcome, and the next question is answered",
  async (name) => {
    let reply: ModelReply | undefined;
    const { engine, server } = await open(name, (request, count) => reply ?? point(request, count));
    for (const [what, given, outcomes] of troubles) {
      reply = given;
      const before = server.requests.length;
      const answer = await engine.locate(field, signal);
      const outcome = answer.kind === "failed" ? answer.why : answer.kind;
      expect([what, outcomes.has(outcome)]).toEqual([what, true]);
      expect([what, server.requests.length - before]).toEqual([what, 1]);
    }
    reply = undefined;
    expect(await engine.locate(field, signal)).toMatchObject({ kind: "answered" });
    expect(await live.worker.page.inputValue("#first")).toBe("Zyxabel");
  },
);

test.each(engines)("%s waits for a model as long as it may, and no longer", async (name) => {
  const { engine } = await open(name, () => never, { limitMs: 1_500 });

  expect(await engine.locate(field, signal)).toEqual({ kind: "failed", why: "timeout" });
});

test.each(engines)("who gives up on %s gets their own reason", async (name) => {
  const stop = new AbortController();
  const { engine } = await open(name, () => {
    stop.abort(new Error("The run was cancelled."));
    return never;
  });

  await expect(engine.locate(field, stop.signal)).rejects.toThrow("The run was cancelled.");
});

test.each(engines)("what %s proposes beyond the small actions is nothing", async (name) => {
  const { engine } = await open(name, (request) =>
    request.schema === undefined
      ? planOf("keyboard:enter")
      : pointAtLine(request, /\] combobox: City/u, "press"),
  );

  expect((await engine.act(field, [], signal)).kind).toMatch(/nothing|failed/u);
});

test("a fence cuts an engine in the middle; the page and its values are there for the next", async () => {
  const asked = Promise.withResolvers<void>();
  const { engine } = await open("stagehand", () => {
    asked.resolve();
    return never;
  });
  const answering = engine.locate(field, signal);
  await asked.promise;
  await live.fence();

  expect(await answering).toEqual({ kind: "failed", why: "engine_failed" });
  await engine.close();
  expect(await live.worker.page.inputValue("#first")).toBe("Zyxabel");
  await until("only the worker is left", () => live.clients() === 1);
  const next = await open("stagehand", point);
  expect(await next.engine.locate(field, signal)).toMatchObject({ kind: "answered" });
});

test.each(everyCaseOr<readonly EngineName[]>(EngineName.options, []))(
  "a worker killed while it asks %s leaves the page to the next one",
  async (name) => {
    const worker = await startPointingWorker({ name, relayUrl: live.relayUrl });
    await worker.asking;
    await worker.kill();
    await until("its connections are gone", () => live.clients() === 1);
    await live.fence();

    expect(await live.worker.page.inputValue("#first")).toBe("Zyxabel");
    const next = await open(name, point);
    expect(await next.engine.locate(field, signal)).toMatchObject({ kind: "answered" });
  },
);

test.each(engines)("%s leaves nothing open", async (name) => {
  const before = openThings();
  const { engine, server } = await open(name, point);
  await engine.locate(field, signal);
  await engine.close();
  await server.close();

  await until("only the worker is left", () => live.clients() === 1);
  await until("no server is left", () => openThings() <= before);
  expect(await engine.locate(field, signal)).toEqual({ kind: "failed", why: "engine_failed" });
});

function openThings(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "TCPServerWrap").length;
}
