import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  attachToBrowser,
  type BrowserAttachment,
  createRelayHub,
  createRequestGate,
  disabledFeaturesArg,
  launchBrowser,
  observeRequests,
  openFirstPage,
} from "@valet/browser";
import { createLogger } from "@valet/runtime";

export const quietLog = createLogger({ name: "engines-test", level: "silent" });

/** A browser as a session host keeps it: behind a relay, with a gate that is closed, and a worker attached. */
export interface LivePage {
  readonly worker: BrowserAttachment;
  /** The worker's address at the relay. */
  readonly relayUrl: string;
  /** How many requests that change something came to the gate and stayed here. */
  readonly refused: () => number;
  /** Bodies of what arrived at the site all the same. */
  readonly arrived: readonly string[];
  /** What the site shows at this address. */
  readonly show: (html: string) => Promise<void>;
  /** Cuts everybody, and attaches a worker anew. */
  readonly fence: () => Promise<{ readonly worker: BrowserAttachment; readonly relayUrl: string }>;
  /** Clients that the relay has now. */
  readonly clients: () => number;
  readonly close: () => Promise<void>;
}

/** Elsewhere the browser reaches nothing but this machine. */
export async function openLivePage(): Promise<LivePage> {
  const signal = AbortSignal.timeout(600_000);
  const arrived: string[] = [];
  let html = "<!doctype html><title>Empty</title>";
  let url = "";
  const hub = createRelayHub({ publicUrl: () => url, log: quietLog });
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/relay/") === true) {
      hub.onRequest(request, response);
      return;
    }
    if (request.method === "POST") arrived.push(request.url ?? "");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(request.url === "/frame" ? innerPage : html);
  }).on("upgrade", hub.onUpgrade);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // listening on TCP
  url = `http://127.0.0.1:${port}`;

  const folder = await mkdtemp(path.join(tmpdir(), "valet-engines-"));
  const browser = await launchBrowser({
    executablePath: "/usr/lib/chromium/chromium",
    userDataDir: path.join(folder, "profile"),
    allowNoSandbox: true,
    args: [
      disabledFeaturesArg,
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ],
    signal,
    log: quietLog,
  });
  let refusals = 0;
  const gate = createRequestGate({
    onRelease: () => undefined,
    onSettled: () => undefined,
    onRefusal: () => (refusals += 1),
  });
  const observation = await observeRequests({ pipe: browser.pipe, gate });
  (await openFirstPage({ pipe: browser.pipe })).navigate("about:blank");
  const relay = hub.open(browser);
  let relayUrl = relay.renewTicket();
  let worker = await attachToBrowser(relayUrl, signal);

  return {
    get worker() {
      return worker;
    },
    get relayUrl() {
      return relayUrl;
    },
    refused: () => refusals,
    arrived,
    async show(shown) {
      html = shown;
      await worker.page.goto(`${url}/`);
    },
    async fence() {
      relayUrl = relay.renewTicket();
      worker = await attachToBrowser(relayUrl, signal);
      return { worker, relayUrl };
    },
    clients: () => relay.clientCount(),
    async close() {
      await worker.close();
      relay.close();
      hub.close();
      observation.close();
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const innerPage = '<!doctype html><title>Inner</title><label>Portfolio <input id="inner"></label>';
