import { once } from "node:events";
import { type Server, createServer } from "node:http";
import { type Page, chromium } from "playwright";

/** The site of the job, a site of an attacker, and a browser without any gate before it. */
export interface AttackSites {
  /** `requests`: what arrived since, at either site, other than the page itself. */
  readonly open: (
    draw: (elsewhere: string) => string,
  ) => Promise<{ readonly page: Page; readonly requests: () => readonly string[] }>;
  readonly close: () => Promise<void>;
}

export async function openAttackSites(): Promise<AttackSites> {
  let requests: string[] = [];
  let body = "";
  const serve = async (
    name: string,
  ): Promise<{ readonly server: Server; readonly origin: string }> => {
    const server = createServer((request, response) => {
      request.resume();
      const { method, url } = request;
      const isPage = name === "here" && method === "GET" && url === "/";
      if (!isPage && url !== "/favicon.ico") requests.push(`${method} ${name} ${url}`);
      response.writeHead(200, { "content-type": "text/html" }).end(isPage ? body : "");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    return { server, origin: `http://127.0.0.1:${port}` };
  };
  const [here, elsewhere] = [await serve("here"), await serve("elsewhere")];
  const browser = await chromium.launch({
    executablePath: "/usr/lib/chromium/chromium",
    args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  });
  const page = await browser.newPage();
  return {
    async open(draw) {
      body = draw(elsewhere.origin);
      await page.goto(`${here.origin}/`);
      requests = [];
      return { page, requests: () => requests };
    },
    async close() {
      await browser.close();
      for (const { server } of [here, elsewhere]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
