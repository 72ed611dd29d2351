import { mkdtemp, rm } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createLogger } from "@valet/runtime";
import { createRelayHub } from "./create-relay-hub.ts";
import type { Relay, RelayInput } from "./create-relay.ts";
import { type LaunchBrowserInput, type LaunchedBrowser, launchBrowser } from "./launch-browser.ts";

export const quietLog = createLogger({ name: "browser-test", level: "silent" });

export interface TestBrowser extends LaunchedBrowser {
  readonly userDataDir: string;
}

/** A real Chromium that can reach nothing but this machine, with a profile in a folder of its own. */
export async function launchTestBrowser(
  change: Partial<LaunchBrowserInput> = {},
): Promise<TestBrowser> {
  const folder = await mkdtemp(path.join(tmpdir(), "valet-browser-"));
  const userDataDir = path.join(folder, "profile");
  try {
    const browser = await launchBrowser({
      executablePath: "/usr/lib/chromium/chromium",
      userDataDir,
      allowNoSandbox: true,
      args: ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"],
      signal: AbortSignal.timeout(30_000),
      log: quietLog,
      ...change,
    });
    return {
      ...browser,
      userDataDir: change.userDataDir ?? userDataDir,
      async close() {
        await browser.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }
}

export interface TestRelay extends Omit<Relay, "close"> {
  close(): Promise<void>;
}

/** A relay behind a server of its own. */
export async function openTestRelay(input: RelayInput): Promise<TestRelay> {
  let url = "";
  const hub = createRelayHub({ publicUrl: () => url, log: quietLog });
  const server = createServer(hub.onRequest).on("upgrade", hub.onUpgrade);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${portOf(server)}`;
  const relay = hub.open(input);
  return {
    ...relay,
    async close() {
      hub.close();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

export interface TestSite {
  readonly url: string;
  /** The same site under another origin. */
  readonly otherUrl: string;
  /** Answers what waits at `/hold`. */
  release(): void;
  /** How many POSTs arrived at this path. */
  posts(pathname: string): number;
  close(): Promise<void>;
}

const form = `<!doctype html><title>Form</title>
<form method="post" action="/apply?email=ada@example.com">
  <label>Name <input name="name"></label><button>Send</button>
</form>
<div style="height: 3000px"></div>`;

/** `/`: a form whose POST is answered 303 → `/thanks` · `/status/N`: answers N · `/cut`: no answer · `/hold`: waits. */
export async function startTestSite(): Promise<TestSite> {
  const posts = new Map<string, number>();
  const held: (() => void)[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site");
    if (request.method === "POST") posts.set(pathname, (posts.get(pathname) ?? 0) + 1);
    request.resume();
    const [, first, second] = pathname.split("/");
    if (first === "cut") {
      request.socket.destroy();
    } else if (first === "hold") {
      held.push(() => response.setHeader("content-type", "text/html").end("<h1>Released</h1>"));
    } else if (first === "apply") {
      response.writeHead(303, { location: "/thanks?id=1" }).end();
    } else {
      response.writeHead(first === "status" ? Number(second) : 200, {
        "content-type": "text/html",
      });
      response.end(first === "thanks" ? "<h1>Thanks</h1>" : form);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const port = portOf(server);
  return {
    url: `http://127.0.0.1:${port}`,
    otherUrl: `http://localhost:${port}`,
    release: () => held.splice(0).forEach((answer) => answer()),
    posts: (pathname) => posts.get(pathname) ?? 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
