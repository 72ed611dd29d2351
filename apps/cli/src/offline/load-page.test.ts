import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPage } from "./load-page.ts";
import { type OfflineBrowser, openOfflineBrowser } from "./open-offline-browser.ts";

const { signal } = new AbortController();
let browser: OfflineBrowser;
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.write("<!doctype html><p>The first part of a page</p>");
    if (request.url === "/still") return;
    const more = setInterval(() => response.write("<p>and more of it</p>"), 20);
    response.on("close", () => clearInterval(more));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  origin = `http://127.0.0.1:${address.port}`;
  browser = await openOfflineBrowser(
    { chromium: "/usr/lib/chromium/chromium", cwd: "/", javaScript: true, network: true },
    signal,
  );
});

afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

test("a page that still arrives when the time is up is refused: half of it is not all of it", async () => {
  const { page, close } = await browser.open("data:text/html,", signal);
  await expect(loadPage(page, `${origin}/endless`, 2_000)).rejects.toMatchObject({
    code: "TIMEOUT",
    message: expect.stringContaining("nothing was read"),
  });
  await close();
});

test("a page that has stopped arriving is taken as it stands", async () => {
  const { page, close } = await browser.open(`${origin}/still`, signal);
  expect(await page.locator("p").count()).toBe(1);
  await close();
});
