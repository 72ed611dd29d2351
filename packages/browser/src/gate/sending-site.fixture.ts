import { createServer } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** A site whose pages send in every way there is, and that keeps count of what arrived. */
export interface SendingSite {
  readonly url: string;
  /** How many requests arrived at `/apply`, whole, and frames of WebSockets there. */
  sent(): number;
  forget(): void;
  /** Until nothing has arrived for a while: that nothing comes can only be waited for. */
  untilQuiet(): Promise<void>;
  close(): Promise<void>;
}

const page = `<!doctype html><title>Form</title><form method="post" action="/apply">
<input name="a" value="ada@example.com"><button>Send</button></form>`;
const sender = "fetch('/apply', {method:'POST', body:'ada@example.com'}).catch(() => 0)";
const scripts: Readonly<Record<string, string>> = {
  "/sender.js": sender,
  "/nested.js": "new Worker('/sender.js')",
  "/sw.js": `self.addEventListener('install', () => ${sender})`,
  "/replay.js": `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('message', (event) => event.waitUntil(${sender}.then(() => ${sender})))`,
  "/socket.js":
    "new WebSocket(location.origin.replace('http','ws')+'/apply').onopen = function () { this.send('ada@example.com') }",
};
/** What the answer to a POST leads to. */
const redirects: Readonly<Record<string, readonly [number, string]>> = {
  "/again": [307, "/apply"],
  "/elsewhere": [308, "http://localhost:PORT/apply"],
  "/thanked": [303, "/thanks"],
};
const quietMs = 300;

export async function startSendingSite(): Promise<SendingSite> {
  let count = 0;
  let last = performance.now();
  const arrived = (): void => {
    count += 1;
    last = performance.now();
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site");
    last = performance.now();
    if (pathname === "/apply") {
      request.resume().on("end", () => {
        arrived();
        response.setHeader("content-type", "text/html").end("<h1>Thanks</h1>");
      });
      return;
    }
    const redirect = redirects[pathname];
    if (request.method === "POST" && redirect !== undefined) {
      const [status, to] = redirect;
      const port = request.socket.localPort;
      request.resume().on("end", () => {
        response.writeHead(status, { location: to.replace("PORT", String(port)) }).end();
      });
      return;
    }
    if (pathname === "/cut") {
      request.socket.destroy();
      return;
    }
    const script = scripts[pathname];
    response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript");
    const auto = pathname === "/auto" ? "<script>document.forms[0].submit()</script>" : "";
    response.end(script ?? page + auto);
  });
  server.on("upgrade", (_request, socket) => {
    arrived();
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    sent: () => count,
    forget() {
      count = 0;
    },
    async untilQuiet() {
      last = performance.now();
      for (;;) {
        const left = quietMs - (performance.now() - last);
        if (left <= 0) return;
        await delay(left);
      }
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
