import { mkdtemp, rm } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BrowserAttachment,
  type LaunchedBrowser,
  attachToBrowser,
  coupledTo,
  createDialer,
  createEgressProxy,
  createRelayHub,
  createRequestGate,
  egressArgs,
  launchBrowser,
  observeRequests,
  openFirstPage,
  practiceHostsArgs,
  practiceTrustArg,
} from "@valet/browser";
import type { PracticeHosts } from "@valet/contracts";
import type { FormPage } from "@valet/forms";
import { createLogger } from "@valet/runtime";
import { type SiteAdapter, approvedFormOf, gatePolicyOf } from "@valet/sites";
import { isRoot } from "@valet/stack";
import { cpuTimeWith } from "./cpu-time.ts";

export interface PairedBrowserInput {
  readonly chromium: string;
  readonly hosts: PracticeHosts;
  /** Whose site it is to apply on. */
  readonly adapter: SiteAdapter;
  /** What is entered for the person. */
  readonly values: readonly string[];
  /** Behind gate, egress proxy and latch as a session's browser is, or behind nothing at all. */
  readonly isGuarded: boolean;
}

export interface PairedBrowser {
  readonly page: BrowserAttachment["page"];
  /** From here on the application may leave that this form sends. */
  readonly arm: (form: FormPage) => void;
  /** What it, its driver and its guard have used so far, in milliseconds. */
  readonly cpuMs: () => number;
  readonly close: () => Promise<void>;
}

/** A browser that reaches the practice sites and nothing else, driven through a relay as a worker drives one. */
export async function openPairedBrowser(
  input: PairedBrowserInput,
  signal: AbortSignal,
): Promise<PairedBrowser> {
  const closers: (() => Promise<unknown> | void)[] = [];
  const close = async (): Promise<void> => {
    for (let end = closers.pop(); end !== undefined; end = closers.pop()) await end();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), "valet-bench-submit-"));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const guard = input.isGuarded ? await openGuard(input) : undefined;
    closers.push(() => guard?.close());
    const browser = await launchBrowser({
      executablePath: input.chromium,
      userDataDir: join(folder, "profile"),
      // It opens practice sites and nothing else.
      allowNoSandbox: isRoot(),
      args: guard === undefined ? practiceHostsArgs(input.hosts) : guard.args,
      signal,
      log,
    });
    closers.push(() => browser.close());
    await guard?.watch(browser);
    await openFirstPage({ pipe: browser.pipe });
    const relay = await openRelay(browser);
    closers.push(relay.close);
    const attached = await attachToBrowser(relay.url, signal);
    closers.push(() => attached.close());
    return {
      page: attached.page,
      arm: (form) => guard?.arm(form),
      cpuMs: () => cpuTimeWith(browser.pid),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const log = createLogger({ name: "bench", level: "silent" });

interface Guard {
  readonly args: string[];
  readonly watch: (browser: LaunchedBrowser) => Promise<unknown>;
  readonly arm: (form: FormPage) => void;
  readonly close: () => Promise<void>;
}

async function openGuard({ hosts, adapter, values }: PairedBrowserInput): Promise<Guard> {
  const dialer = createDialer({
    allowPrivate: new Set(),
    practiceHosts: hosts,
    lookUpHost: () => Promise.resolve([]),
    isPrivateAddress: () => true,
  });
  const egress = await createEgressProxy({ dialer, log });
  const gate = createRequestGate({
    ...coupledTo(egress),
    onRefusal: () => undefined,
  });
  gate.usePolicy(gatePolicyOf(adapter));
  gate.learn(values);
  gate.permit("step");
  return {
    args: [practiceTrustArg(hosts), ...egressArgs(egress.address)],
    watch: ({ pipe }) => observeRequests({ pipe, gate, onUnguarded: () => egress.cutOff() }),
    arm: (form) =>
      gate.arm({
        form: approvedFormOf(form),
        maySubmit: () => Promise.resolve(true),
        onAnswer: () => undefined,
      }),
    close: () => egress.close(),
  };
}

async function openRelay(
  browser: LaunchedBrowser,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  let publicUrl = "";
  const hub = createRelayHub({ publicUrl: () => publicUrl, log });
  const server = createServer(hub.onRequest).on("upgrade", hub.onUpgrade);
  publicUrl = await listen(server);
  const relay = hub.open(browser);
  return {
    url: relay.renewTicket(),
    close: async () => {
      hub.close();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}
