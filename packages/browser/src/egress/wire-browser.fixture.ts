import { expect } from "vitest";
import { z } from "zod";
import { egressArgs } from "../egress-args.ts";
import { launchTestBrowser } from "../test-browser.fixture.ts";
import { openTestProxy } from "./egress-site.fixture.ts";
import { type WireGate, openWireGate } from "./wire-gate.fixture.ts";
import {
  type Ending,
  type Protocol,
  endings,
  makeWireCertificate,
  protocols,
  startWireSite,
} from "./wire-site.fixture.ts";

const ways = ["form", "fetch", "xhr", "beacon", "frame", "popup"] as const;

export interface WireCell {
  readonly protocol: Protocol;
  readonly ending: Ending;
  readonly way: (typeof ways)[number];
}

/** What came of one submission, as the site counted it. */
export interface WireCount {
  /** The most POSTs that one path read to the end. */
  readonly stored: number;
  /** The most POSTs that one path saw the head of. */
  readonly begun: number;
  /** What the browser made of it: a status, or its reason. */
  readonly outcome: string;
}

interface WireBrowser {
  submit(cell: WireCell): Promise<WireCount>;
  close(): Promise<void>;
}

/** Only HTTP/2 can say goodbye or refuse a stream. */
export const wireCells: readonly WireCell[] = protocols.flatMap((protocol) =>
  endings
    .filter((ending) => protocol === "h2" || !["GOAWAY", "refused stream"].includes(ending))
    .flatMap((ending) => ways.map((way) => ({ protocol, ending, way }))),
);

/**
 * Answers by which a site says that it did not take the request, and after which Chromium sends it
 * again on the very same tunnel: nobody outside can tell, and no latch stop that.
 */
export function isRepeatedInside({ protocol, ending }: WireCell): boolean {
  return protocol === "h2" && (ending === "421" || ending === "refused stream");
}

/** Submits cell after cell; gives what was counted under the cell's name. */
export async function submitAll(
  isProtected: boolean,
  cells: readonly WireCell[],
): Promise<Map<string, WireCount>> {
  const browser = await openWireBrowser(isProtected);
  const counts = new Map<string, WireCount>();
  try {
    for (const cell of cells) counts.set(nameOf(cell), await browser.submit(cell));
  } finally {
    await browser.close();
  }
  return counts;
}

/** How often a site may see a submission that is protected. */
export function expectedCount(cell: WireCell): Pick<WireCount, "stored" | "begun"> {
  return { stored: cell.ending === "half read" ? 0 : 1, begun: 1 };
}

/** Endings after which Chromium, left alone, sends a POST again. */
export function isRepeatedUnprotected({ protocol, ending }: WireCell): boolean {
  if (ending === "408") return protocol !== "h2";
  return ["FIN", "RST", "GOAWAY", "refused stream", "421"].includes(ending);
}

export function nameOf({ protocol, ending, way }: WireCell): string {
  return `${protocol}, ${ending}, ${way}`;
}

const patient = { timeout: 20_000, interval: 10 };
/** So long nothing more may come after the browser has given up: it repeats before it does. */
const afterMs = 150;

/** Chromium with the proxy and a gate before it, or without either. */
async function openWireBrowser(isProtected: boolean): Promise<WireBrowser> {
  const certificate = await makeWireCertificate();
  const proxy = isProtected ? await openTestProxy() : undefined;
  const args = proxy === undefined ? [] : egressArgs(proxy.address);
  const browser = await launchTestBrowser({ args: [certificate.trustArg, ...args] });
  const gate = await openWireGate({ pipe: browser.pipe, proxy });
  const { connection } = gate;

  async function submit({ protocol, ending, way }: WireCell): Promise<WireCount> {
    const site = await startWireSite(protocol, ending, certificate);
    gate.reset();
    const { targetId, sessionId } = await openWirePage(gate, site.origin);
    await evaluate(gate, sessionId, `send("${way}")`);
    await expect.poll(() => gate.isOver(), patient).toBe(true);
    await new Promise((resolve) => {
      setTimeout(resolve, afterMs);
    });
    await connection.call("Target.closeTarget", { targetId });
    await site.close();
    return {
      stored: mostOfOne(site.stored),
      begun: mostOfOne(site.begun),
      outcome: gate.outcome(),
    };
  }

  return {
    submit,
    async close() {
      connection.close();
      await browser.close();
      await proxy?.close();
    },
  };
}

export interface WirePage {
  readonly targetId: string;
  readonly sessionId: string;
}

/** Opens the form. Sent there only when the gate stands: a document from before it has ways past it. */
export async function openWirePage(gate: WireGate, url: string): Promise<WirePage> {
  const { connection } = gate;
  const created = await connection.call("Target.createTarget", { url: "about:blank" });
  const { targetId } = Created.parse(created);
  await expect.poll(() => gate.sessionOf(targetId), patient).toBeDefined();
  const sessionId = gate.sessionOf(targetId) ?? "";
  await connection.call("Page.navigate", { url }, sessionId);
  await expect
    .poll(
      () => evaluate(gate, sessionId, "document.readyState === 'complete' && typeof send"),
      patient,
    )
    .toBe("function");
  return { targetId, sessionId };
}

/** What an expression gives in the page; a promise is waited for. */
export async function evaluate(
  gate: WireGate,
  sessionId: string,
  expression: string,
): Promise<unknown> {
  const asked = { expression, userGesture: true, awaitPromise: true, returnByValue: true };
  const got = await gate.connection.call("Runtime.evaluate", asked, sessionId);
  return Evaluated.safeParse(got).data?.result.value;
}

function mostOfOne(paths: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const path of paths) counts.set(path, (counts.get(path) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

const Created = z.object({ targetId: z.string() });
const Evaluated = z.object({ result: z.object({ value: z.unknown() }) });
