import type { EngineName } from "@valet/contracts";
import type { ModelRequest } from "@valet/testkit";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Blanking, createBlanking } from "./create-blanking.ts";
import type { FieldToHelp } from "./engine.ts";
import { type EveryValue, everyField, fillEveryField } from "./every-field.fixture.ts";
import { openEngine } from "./open-engine.ts";
import { type LivePage, openLivePage, quietLog } from "./open-live-page.fixture.ts";
import { openPointingModel, planOf, pointAtLine } from "./open-pointing-model.fixture.ts";

const { signal } = new AbortController();
const field: FieldToHelp = { label: "City", kind: "combobox", options: ["Port zyxabel"] };
const one: EveryValue = {
  word: "zyxabel",
  option: 0,
  day: "1991-04-12",
  years: "37",
  phone: "4155550142",
};
const other: EveryValue = {
  word: "quonmar",
  option: 1,
  day: "1986-11-25",
  years: "62",
  phone: "2125550187",
};
/** Whatever a value of either may look like, and the options: the missing one would tell the chosen one. */
const canaries =
  /zyxabel|quonmar|zy\Wxabel|1991|1986|4155550142|2125550187|5550142|galley|engine crew|bridge|norse|dutch|basque|knotting|splicing|brattholm|six winters/iu;

let live: LivePage;

beforeAll(async () => {
  live = await openLivePage();
});
afterAll(() => live.close());

const nothingBlanked: Blanking = {
  blank: (conversation) => Promise.resolve({ kind: "blanked", conversation }),
};

/** What a model is sent by an engine that is asked all three things about a page with these values. */
async function requestsOf(name: EngineName, values: EveryValue, blanking?: Blanking) {
  await live.show(everyField);
  const { page } = live.worker;
  await page.evaluate(fillEveryField, values);
  const server = await openPointingModel((request) =>
    name === "stagehand"
      ? pointAtLine(request, /^\s*\[.*\] combobox/u)
      : planOf("point", { x: 9, y: 9 }),
  );
  const facts = ["Brattholm 7", values.word, values.phone];
  const engine = await openEngine(
    name,
    {
      relayUrl: live.relayUrl,
      page,
      model: server.model,
      blanking: blanking ?? createBlanking({ page, facts }),
      log: quietLog,
    },
    signal,
  );
  onTestFinished(async () => {
    await engine.close();
    await server.close();
  });
  expect(await engine.locate(field, signal)).toMatchObject({ kind: "answered" });
  const at = { xpath: "/html[1]/body[1]/form[1]" };
  await engine.act(field, [{ do: "click", at }], signal);
  await engine.extract(field, signal);
  expect(server.requests).toHaveLength(3);
  return server.requests;
}

/** A request in every way a value could be written in it. */
function readings({ raw, texts, system }: ModelRequest): string {
  const plain = [system, ...texts].join("\n");
  const decoded = plain.replace(/(?:%[0-9a-f]{2})+/giu, (part) => {
    const bytes = Buffer.from(part.replaceAll("%", ""), "hex");
    return bytes.toString("utf8");
  });
  const coded = plain.match(/[a-z0-9+/]{12,}={0,2}/giu) ?? [];
  const unpacked = coded.map((text) => Buffer.from(text, "base64").toString("latin1"));
  const withoutImages = raw.replace(/"data":"[^"]*"/gu, "");
  return [withoutImages, plain, decoded, ...unpacked].join("\n");
}

test.each(["stagehand", "magnitude"] as const)(
  "no request of %s says what the page holds, what was chosen, or what the person's facts are",
  async (name) => {
    for (const request of await requestsOf(name, one)) {
      expect(readings(request)).not.toMatch(canaries);
    }
  },
);

test("without blanking the tree says all of it", async () => {
  const [request] = await requestsOf("stagehand", one, nothingBlanked);

  const said = request === undefined ? "" : readings(request);
  expect(said).toMatch(/zyxabel/iu);
  expect(said).toMatch(/415 5550142/u);
  expect(said).toMatch(/galley crew/iu);
  expect(said).toMatch(/\[(?:selected|checked)\]/u);
});

test("what stagehand sends is the same whatever the fields hold", async () => {
  const [first, second] = [
    await requestsOf("stagehand", one),
    await requestsOf("stagehand", other),
  ].map((requests) => requests.map(({ raw }) => raw.replace(/\[\d+-\d+\]/gu, "[id]")));

  expect(first).toEqual(second);
});

test("a picture is the same whatever the fields hold, and shows no word of an echo", async () => {
  const [first, second] = [
    await requestsOf("magnitude", one),
    await requestsOf("magnitude", other),
  ].map(([request]) => pictureOf(request));
  const echo = await live.worker.page.locator("#echo").boundingBox();
  const end = Math.floor(echo?.y ?? 0) - 4;
  if (first === undefined || second === undefined) throw new Error("There is no picture.");

  expect(end).toBeGreaterThan(300);
  expect(differing(first, second, [0, end])).toBe(0);
  expect(colours(first, [end + 4, end + 30])).toEqual(["154,154,154", "255,255,255"]);
});

test("the pages themselves look different", async () => {
  const shots: PNG[] = [];
  for (const values of [one, other]) {
    await live.show(everyField);
    await live.worker.page.evaluate(fillEveryField, values);
    shots.push(PNG.sync.read(await live.worker.page.screenshot({ scale: "css" })));
  }
  const [first, second] = shots;
  if (first === undefined || second === undefined) throw new Error("There is no picture.");

  expect(differing(first, second, [0, first.height])).toBeGreaterThan(500);
});

test("the page notices nothing of a picture", async () => {
  await live.show(everyField);
  const { page } = live.worker;
  await page.evaluate(() => {
    const seen: string[] = [];
    Reflect.set(globalThis, "seen", seen);
    new MutationObserver((changes) => seen.push(...changes.map(({ type }) => type))).observe(
      document,
      { subtree: true, childList: true, attributes: true, characterData: true },
    );
  });
  const image = { kind: "image", mediaType: "image/png", base64: "" } as const;
  const asked = {
    system: "",
    messages: [{ role: "user" as const, parts: [image] }],
    maxOutputTokens: 1,
  };

  const blanking = createBlanking({ page, facts: [] });
  expect(await blanking.blank(asked, { keep: [] }, signal)).toMatchObject({ kind: "blanked" });
  expect(await page.evaluate(() => Reflect.get(globalThis, "seen"))).toEqual([]);
});

function pictureOf(request: ModelRequest | undefined): PNG {
  return PNG.sync.read(Buffer.from(request?.images[0]?.base64 ?? "", "base64"));
}

type Rows = readonly [from: number, to: number];

function differing(one: PNG, other: PNG, [from, to]: Rows): number {
  const row = one.width * 4;
  const [first, second] = [one, other].map(({ data }) => data.subarray(from * row, to * row));
  return [...(first ?? [])].filter((value, index) => value !== second?.[index]).length;
}

function colours({ data, width }: PNG, [from, to]: Rows): string[] {
  const found = new Set<string>();
  for (let at = from * width * 4; at < to * width * 4; at += 4) {
    found.add([...data.subarray(at, at + 3)].join());
  }
  return [...found].sort();
}
