import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type PageGetter, createPageGetter } from "./create-page-getter.ts";

const { signal } = new AbortController();
const asked: IncomingMessage[] = [];
const answers: Record<string, (response: ServerResponse) => void> = {
  "/page": (response) => response.setHeader("X-Own", "yes").end("<h1>Engineer</h1>"),
  "/moved": (response) => response.writeHead(301, { location: "/page" }).end(),
  "/round": (response) => response.writeHead(302, { location: "/round" }).end(),
  "/to-forbidding": (response) =>
    response.writeHead(302, { location: "https://www.linkedin.com/jobs/view/1" }).end(),
  "/to-inside": (response) =>
    response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end(),
  "/large": (response) => response.end("x".repeat(5 * 1024 * 1024)),
  "/gone": (response) => response.writeHead(410).end("gone"),
};
const server = createServer((request, response) => {
  asked.push(request);
  const answer = answers[request.url ?? ""];
  if (answer === undefined) response.destroy();
  else answer(response);
});
let origin = "";
let getter: PageGetter;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  getter = createPageGetter({
    allowPrivate: new Set([`127.0.0.1:${port}`]),
    lookUpHost: () => Promise.reject(new Error("no name is looked up here")),
  });
});
beforeEach(() => void (asked.length = 0));
afterAll(async () => {
  await getter?.close();
  server.closeAllConnections();
  server.close();
});

const get = (path: string) => getter.getPage(new URL(path, origin), signal);

test("a page comes with its status and headers, and says nothing of the person", async () => {
  expect(await get("/page")).toMatchObject({
    status: 200,
    text: "<h1>Engineer</h1>",
    headers: { "x-own": "yes" },
  });
  expect(Object.keys(asked[0]?.headers ?? {}).toSorted()).toEqual([
    "accept",
    "accept-encoding",
    "accept-language",
    "connection",
    "host",
    "user-agent",
  ]);
});

test("however many ask for a page, the site sees one of them", async () => {
  const pages = await Promise.all(Array.from({ length: 20 }, () => get("/gone")));
  expect(pages.map((page) => page?.status)).toEqual(pages.map(() => 410));
  expect(asked).toHaveLength(1);
});

test("redirects are followed to the page they lead to", async () => {
  const page = await get("/moved");
  expect([page?.url.href, page?.text]).toEqual([`${origin}/page`, "<h1>Engineer</h1>"]);
});

test("a page that leads round in circles is given up, with what it said last", async () => {
  expect(await get("/round")).toMatchObject({ status: 302 });
  expect(asked).toHaveLength(6);
});

test.each(["/to-forbidding", "/to-inside", "/large", "/broken"])(
  "nothing comes of %s",
  async (path) => {
    expect(await get(path)).toBeUndefined();
    expect(asked).toHaveLength(1);
  },
);

test.each(["http://127.0.0.1:9/", "http://169.254.169.254/", "http://[::1]:80/"])(
  "what is inside is not asked: %s",
  async (address) => {
    expect(await getter.getPage(new URL(address), signal)).toBeUndefined();
  },
);

test("nobody waits for a page once they have left", async () => {
  const left = AbortSignal.abort(new Error("left"));
  await expect(getter.getPage(new URL("/moved", origin), left)).rejects.toThrow("left");
});
