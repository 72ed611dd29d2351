import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { attachToBrowser, findProcess, loadPlaywright, measureBrowsers } from "@valet/browser";
import { z } from "zod";
import type { VerbDeps } from "../verb.ts";
import { type BenchReport, type BenchRow, benchRow, round } from "./bench-report.ts";
import { percentile } from "./percentile.ts";
import { type BenchHost, type BenchTask, startBenchHost } from "./start-bench-host.ts";

type Chromium = Awaited<ReturnType<typeof loadPlaywright>>["chromium"];
type Browser = Awaited<ReturnType<Chromium["launch"]>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

const ordinary = { sessions: 8, frames: 20, keys: 100 };
const quick = { sessions: 3, frames: 6, keys: 30 };
const mostRoundTripMs = 120;
const mostFirstFrameMs = 1_500;
const restMs = 5_000;
/** `sysconf(_SC_CLK_TCK)` of every Linux that Debian runs on. */
const ticksPerSecond = 100;

/** The live view as a person has it: sessions that are all looked at, and one that is acted in. */
export async function measureHuman(
  deps: VerbDeps,
  { isQuick }: { readonly isQuick: boolean },
  signal: AbortSignal,
): Promise<BenchReport> {
  const counts = isQuick ? quick : ordinary;
  const say = (text: string) => void deps.output.progress.write(`${text}\n`);
  const { chromium } = await loadPlaywright();
  say("starting Postgres, the engine, the API and a session host");
  const hostEnv = { VALET_MAX_SESSIONS: String(counts.sessions), VALET_SESSION_POOL: "0" };
  const bench = await startBenchHost(deps, signal, hostEnv);
  const browser = await chromium.launch({ executablePath: deps.config.VALET_CHROMIUM });
  try {
    say(`${counts.sessions} sessions`);
    const tasks: BenchTask[] = [];
    for (let n = 0; n < counts.sessions; n += 1) tasks.push(await openColored(bench, signal));
    const displays = await readDisplays(bench.stateDir);
    const unseen = await processorShare(displays, signal);
    const sizes = await measureBrowsers(displays.map((pid) => ({ pid })));
    say(`${counts.frames} first pictures`);
    const firstFrame: number[] = [];
    for (let n = 0; n < counts.frames; n += 1) {
      const task = tasks[n % tasks.length];
      if (task === undefined) continue;
      const { page, frameMs } = await openViewer({ bench, browser }, task);
      firstFrame.push(frameMs);
      await page.close();
    }
    say(`${counts.keys} keys in one session while all ${counts.sessions} are looked at`);
    const pages: Page[] = [];
    for (const task of tasks) pages.push((await openViewer({ bench, browser }, task)).page);
    const seen = await processorShare(displays, signal);
    const [acting] = pages;
    const roundTrip = acting === undefined ? [] : await pressKeys(acting, counts.keys);
    const seenSizes = await measureBrowsers(displays.map((pid) => ({ pid })));
    return humanReport({ firstFrame, roundTrip, sizes, seenSizes, unseen, seen });
  } finally {
    await browser.close();
    await bench.close();
  }
}

interface HumanSamples {
  /** In milliseconds. */
  readonly firstFrame: readonly number[];
  readonly roundTrip: readonly number[];
  /** In bytes, by process, before anybody looked and while all are looked at. */
  readonly sizes: ReadonlyMap<number, number>;
  readonly seenSizes: ReadonlyMap<number, number>;
  /** Of one core, each display's mean. */
  readonly unseen: number;
  readonly seen: number;
}

function humanReport(samples: HumanSamples): BenchReport {
  const { firstFrame, roundTrip, sizes, seenSizes, unseen, seen } = samples;
  const megabytes = (map: ReadonlyMap<number, number>) =>
    [...map.values()].map((bytes) => round(bytes / 1024 / 1024));
  const memory = (what: string, map: ReadonlyMap<number, number>): BenchRow =>
    benchRow({ what, value: percentile(megabytes(map), 0.5), unit: "MB", floor: null });
  const times = (what: string, sample: readonly number[], floor: number): BenchRow[] => [
    benchRow({ what: `${what} p50`, value: round(percentile(sample, 0.5)), floor }),
    benchRow({ what: `${what} p95`, value: round(percentile(sample, 0.95)), floor: null }),
  ];
  return {
    name: "human",
    rows: [
      ...times("page opened → first picture", firstFrame, mostFirstFrameMs),
      ...times("key pressed → picture changed", roundTrip, mostRoundTripMs),
      benchRow({ what: "displays at once", value: sizes.size, unit: "count", floor: null }),
      memory("memory of a display that nobody looks at", sizes),
      memory("memory of a display that is looked at", seenSizes),
      benchRow({
        what: "processor share of one at rest",
        value: unseen,
        unit: "ratio",
        floor: null,
      }),
      benchRow({ what: "the same while looked at", value: seen, unit: "ratio", floor: null }),
    ],
    samples: {
      "page opened → first picture": firstFrame.map(round),
      "key pressed → picture changed": roundTrip.map(round),
      "memory of a display that nobody looks at (MB)": megabytes(sizes),
      "memory of a display that is looked at (MB)": megabytes(seenSizes),
    },
  };
}

/** A page that turns from one colour to the other with every key. */
const turningPage = `<body style="margin: 0; background: #f0f0f0"><script>
  addEventListener("keydown", ({ key, repeat }) => {
    if (key.toLowerCase() !== "a" || repeat) return; // the display's own help, and a busy machine's
    const { style } = document.body;
    style.background = style.background === "rgb(240, 240, 240)" ? "#203040" : "rgb(240, 240, 240)";
  });
</script>`;

async function openColored({ host, newTask }: BenchHost, signal: AbortSignal): Promise<BenchTask> {
  const task = await newTask();
  const { taskId, userId } = task;
  const { sessionId } = await host.createSession({ taskId, userId, url: "about:blank" }, signal);
  const input = { owner: "bench", taskId, userId };
  const { relayUrl } = await host.attachSession(sessionId, input, signal);
  const attached = await attachToBrowser(relayUrl, signal);
  await attached.page.setContent(turningPage);
  await attached.close();
  return task;
}

/** The viewer, once it shows the page, and how long that took from its address. */
async function openViewer(
  { bench, browser }: { readonly bench: BenchHost; readonly browser: Browser },
  { taskId }: BenchTask,
): Promise<{ readonly page: Page; readonly frameMs: number }> {
  const page = await browser.newPage();
  const startedAt = performance.now();
  const { url, key } = bench.api;
  await page.goto(`${url}/tasks/${taskId}/live#key=${key.reveal()}`, { waitUntil: "commit" });
  await page.waitForFunction(middleIsLight);
  return { page, frameMs: performance.now() - startedAt };
}

/** In the viewer's page. */
function middleIsLight(): boolean {
  const canvas = document.querySelector<HTMLCanvasElement>("#screen canvas");
  if (canvas === null || canvas.width < 1_000) return false;
  const middle = canvas.getContext("2d")?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1);
  return (middle?.data[0] ?? 0) > 200;
}

async function pressKeys(page: Page, count: number): Promise<number[]> {
  await page.getByRole("button", { name: "Take control" }).click();
  await page.getByText("You are in control.").waitFor();
  await page.waitForFunction(middleIsLight);
  await page.locator("#screen canvas").click();
  return page.evaluate(async (times) => {
    const canvas = document.querySelector<HTMLCanvasElement>("#screen canvas");
    const context = canvas?.getContext("2d");
    if (canvas === null || !context) throw new Error("The viewer shows no picture.");
    const red = () => context.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[0];
    const channel = new MessageChannel();
    const turn = () =>
      new Promise<void>((resolve) => {
        channel.port1.addEventListener("message", () => resolve(), { once: true });
        channel.port1.start();
        channel.port2.postMessage(0);
      });
    const samples: number[] = [];
    for (let n = 0; n < times; n += 1) {
      const before = red();
      const startedAt = performance.now();
      for (const type of ["keydown", "keyup"]) {
        canvas.dispatchEvent(new KeyboardEvent(type, { key: "a", code: "KeyA", bubbles: true }));
      }
      while (red() === before && performance.now() - startedAt < 5_000) await turn();
      samples.push(performance.now() - startedAt);
    }
    return samples;
  }, count);
}

const DisplayRecord = z.object({ display: z.object({ pid: z.number() }) });

/** Their processes, as the session host has written them down. */
async function readDisplays(stateDir: string): Promise<number[]> {
  const folder = join(stateDir, "run/browsers");
  const records = await Promise.all(
    (await readdir(folder)).map((file) => readFile(join(folder, file), "utf8")),
  );
  return records.map((text) => DisplayRecord.parse(JSON.parse(text)).display.pid);
}

/** How much of one core each of these takes, on average over a while. */
async function processorShare(pids: readonly number[], signal: AbortSignal): Promise<number> {
  const ticks = () => pids.reduce((sum, pid) => sum + (findProcess(pid)?.cpuTicks ?? 0), 0);
  const before = ticks();
  await delay(restMs, undefined, { signal });
  const seconds = (ticks() - before) / ticksPerSecond / pids.length;
  return Math.round((seconds / (restMs / 1_000)) * 1_000) / 1_000;
}
