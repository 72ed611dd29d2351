import { once } from "node:events";
import { createServer } from "node:http";
import { randomUUID } from "node:crypto";
import { type BrowserAttachment, attachToBrowser, waitForDocument } from "@valet/browser";
import { type RfbViewer, openRfbViewer } from "./rfb-viewer.fixture.ts";
import type { TaskStore, TestTask } from "./task-store.fixture.ts";
import type { TestHost } from "./test-host.fixture.ts";

/** An input event as the page saw it. */
export interface SeenInput {
  readonly type: string;
  readonly key?: string;
  readonly x?: number;
  readonly y?: number;
  /** By the machine's clock, in milliseconds. */
  readonly at: number;
}

export interface LiveSite {
  readonly url: string;
  posts(): number;
  close(): Promise<void>;
}

/** Where the field and the button are on the display, below the browser's own bars. */
export const fieldAt = { x: 300, y: 230 };
export const buttonAt = { x: 300, y: 430 };

/** A page that writes down every input event, with a form to send; its colour is what the path says. */
export async function startLiveSite(): Promise<LiveSite> {
  let posts = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (request.method === "POST") posts += 1;
    const [, color = ""] = (request.url ?? "").split("/");
    response.end(request.method === "POST" ? "<h1>Thanks</h1>" : page(color));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    posts: () => posts,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const page = (color: string) => `<!doctype html><title>Live</title>
<style>* { margin: 0 } body { background: #${color || "fff"}; height: 700px }
  input { position: absolute; left: 100px; top: 100px; width: 400px; height: 80px; font-size: 40px }
  button { position: absolute; left: 100px; top: 300px; width: 400px; height: 80px }</style>
<form method="post" action="/apply"><input name="name" aria-label="Name"><button>Send</button></form>
<script>
  window.seen = [];
  for (const type of ["keydown", "mousedown", "mousemove", "click", "paste", "wheel"]) {
    addEventListener(type, (event) => {
      const { key, clientX: x, clientY: y } = event;
      seen.push({ type, key, x, y, at: performance.timeOrigin + performance.now() });
    }, true);
  }
</script>`;

export interface LiveSession {
  readonly task: TestTask;
  readonly sessionId: string;
  /** As a worker comes in; whoever was in before is cut. */
  attach(): Promise<BrowserAttachment>;
  /** Of the page, read by a worker that comes and goes. */
  seen(): Promise<SeenInput[]>;
  value(): Promise<string>;
  /** With control when it names a window. */
  look(control?: string): Promise<RfbViewer>;
  takeControl(control?: string): Promise<string>;
  release(): Promise<void>;
}

/** A session at the page of a site, loaded. */
export async function openLiveSession(
  { host, store }: { readonly host: TestHost; readonly store: TaskStore },
  url: string,
  signal: AbortSignal,
): Promise<LiveSession> {
  const task = await store.newTask();
  const { client } = host;
  const { sessionId } = await client.createSession({ ...task, url }, signal);
  async function attach(): Promise<BrowserAttachment> {
    const input = { owner: "worker", ...task };
    const { relayUrl } = await client.attachSession(sessionId, input, signal);
    return attachToBrowser(relayUrl, signal);
  }
  async function onPage<Answer>(read: string): Promise<Answer> {
    const { page, close } = await attach();
    await waitForDocument(page, signal);
    const answer = await page.evaluate<Answer>(read);
    await close();
    return answer;
  }
  await onPage("1");
  return {
    task,
    sessionId,
    attach,
    seen: () => onPage("window.seen"),
    value: () => onPage("document.querySelector('input').value"),
    look: (control) =>
      openRfbViewer(client.openDisplay(sessionId, { ...task, control }, ["binary"])),
    async takeControl(control = randomUUID()) {
      await client.takeControl(sessionId, { ...task, control }, signal);
      return control;
    },
    release: () => client.releaseControl(sessionId, task, signal),
  };
}
