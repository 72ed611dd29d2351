import { disabledFeaturesArg } from "@valet/browser";
import { createServer } from "node:http";
import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { genericAdapter } from "../generic/adapter.ts";
import { greenhouseAdapter } from "../greenhouse/adapter.ts";
import type { SiteAdapter } from "../site-adapter.ts";
import type { FetchSchema, PublishedSchema, SiteSchema } from "./published-schema.ts";
import { readPublishedSchema } from "./read-published-schema.ts";

const { signal } = new AbortController();
const hosted = new URL("https://job-boards.greenhouse.io/northwind/jobs/71001");
const published = { questions: [{ required: true, label: "Name", fields: [field("first_name")] }] };
let browser: Browser;
let origin = "";
let asked = 0;
const server = createServer((request, response) => {
  if (request.url === "/schema") {
    asked += 1;
    response.setHeader("content-type", "application/json").end('{"labels":["Why us?"]}');
    return;
  }
  response.setHeader("content-type", "text/html").end(pages[request.url ?? ""] ?? "");
});
const pages: Record<string, string> = {
  "/elements": `<input type="hidden" class="card" value='{"labels":["Name"]}'>
    <script type="application/json" class="card">{"labels":["Why us?"]}</script>`,
  "/broken": `<input type="hidden" class="card" value="{not json">`,
  "/traffic": `<script>fetch("/schema", { method: "POST" })</script>`,
};

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "";
  browser = await chromium.launch({
    executablePath: "/usr/lib/chromium/chromium",
    args: [disabledFeaturesArg, "--no-sandbox"],
  });
});
afterAll(async () => {
  await browser?.close();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

test("a published form is asked for once, with nothing but a GET", async () => {
  const fetch = vi.fn<FetchSchema>(async () => Response.json(published));
  const schema = await readPublishedSchema(
    { adapter: greenhouseAdapter, address: hosted, fetch },
    signal,
  );
  expect(schema?.fields[0]).toMatchObject({ name: "first_name", label: "Name", required: true });
  expect(fetch).toHaveBeenCalledOnce();
  const [address, init] = fetch.mock.calls[0] ?? [];
  expect(address?.href).toMatch(/boards\/northwind\/jobs\/71001\?questions=true$/u);
  expect(Object.keys(init ?? {}).toSorted()).toEqual(["headers", "signal"]);
});

test("the frame of an employer's own page tells what its address does not", async () => {
  const page = await browser.newPage();
  const form = "https://job-boards.greenhouse.io/embed/job_app?for=northwind&token=71001";
  await page.route(/greenhouse/u, (route) => route.fulfill({ body: "form" }));
  await page.setContent(`<iframe src="${form}"></iframe>`);
  const fetch = vi.fn<FetchSchema>(async () => Response.json(published));
  const address = new URL("https://careers.example.com/jobs?gh_jid=71001");
  const schema = await readPublishedSchema(
    { adapter: greenhouseAdapter, address, page, fetch },
    signal,
  );
  expect(schema?.fields[0]).toMatchObject({ name: "first_name" });
  await page.close();
});

test.each<{ readonly what: string; readonly answer: () => Promise<Response> }>([
  { what: "not there", answer: async () => new Response("", { status: 404 }) },
  { what: "refused", answer: async () => Promise.reject(new TypeError("fetch failed")) },
  { what: "a page for people", answer: async () => new Response("<!doctype html>") },
  { what: "another document", answer: async () => Response.json({ jobs: [] }) },
])("a schema that is $what changes nothing", async ({ answer }) => {
  const places = { adapter: greenhouseAdapter, address: hosted, fetch: answer };
  expect(await readPublishedSchema(places, signal)).toBeUndefined();
});

test("sites that publish nothing are not asked", async () => {
  const fetch = vi.fn<FetchSchema>(async () => Response.json(published));
  const places = { adapter: genericAdapter, address: hosted, fetch };
  expect(await readPublishedSchema(places, signal)).toBeUndefined();
  expect(fetch).not.toHaveBeenCalled();
});

test("who stops the run is heard while the site keeps silent", async () => {
  const stop = new AbortController();
  const fetch: FetchSchema = () => new Promise(() => {});
  const places = { adapter: greenhouseAdapter, address: hosted, fetch };
  const reading = readPublishedSchema(places, stop.signal);
  stop.abort(new Error("cancelled"));
  await expect(reading).rejects.toThrow("cancelled");
});

test("a schema in the page is read from inputs and data scripts, in order", async () => {
  const schema = await readFromPage("/elements", {
    from: "elements",
    selector: ".card",
    readSchema: (documents) => labelled(documents.flatMap((one) => labelsOf(one))),
  });
  expect(schema?.fields.map(({ label }) => label)).toEqual(["Name", "Why us?"]);
  const broken = await readFromPage("/broken", {
    from: "elements",
    selector: ".card",
    readSchema: () => labelled(["never"]),
  });
  expect(broken).toBeUndefined();
});

test("a schema that the page asks for itself is taken from its answer", async () => {
  const schema = await readFromPage("/traffic", {
    from: "traffic",
    isSchema: ({ pathname }) => pathname === "/schema",
    readSchema: (document) => labelled(labelsOf(document)),
  });
  expect(schema?.fields.map(({ label }) => label)).toEqual(["Why us?"]);
  // When it was opened and when it was loaded anew: nobody else asked.
  expect(asked).toBe(2);
});

async function readFromPage(
  path: string,
  schema: SiteSchema,
): Promise<PublishedSchema | undefined> {
  const page: Page = await browser.newPage();
  const address = new URL(path, origin);
  await page.goto(address.href);
  const adapter: SiteAdapter = { ...genericAdapter, schema };
  const read = await readPublishedSchema({ adapter, address, page }, signal);
  await page.close();
  return read;
}

function labelsOf(document: unknown): string[] {
  const isGiven = typeof document === "object" && document !== null && "labels" in document;
  return isGiven && Array.isArray(document.labels) ? document.labels.map(String) : [];
}

function labelled(labels: readonly string[]): PublishedSchema {
  const one = { kind: "text", required: true, options: [] } as const;
  return { fields: labels.map((label) => ({ ...one, name: label, label })) };
}

function field(name: string): unknown {
  return { name, type: "input_text", values: [] };
}
