import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright";
import { openTestBrowser } from "./open-test-browser.ts";

const fixtures = fileURLToPath(new URL("../../fixtures/", import.meta.url));

/** The fixtures on loopback, a wizard with server-side checks, and a browser to look at them. */
export interface TestSite {
  readonly origin: string;
  /** Bodies of the form posts that arrived, in order. */
  readonly posts: { readonly path: string; readonly body: string }[];
  readonly open: (path: string) => Promise<Page>;
  readonly close: () => Promise<void>;
}

export async function openTestSite(): Promise<TestSite> {
  const posts: TestSite["posts"] = [];
  let script: Promise<string> | undefined;
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      if (request.method === "POST") posts.push({ path, body: await bodyOf(request) });
      if (path === "/react-form.js") {
        script ??= bundleReactForm();
        send(response, { status: 200, type: "text/javascript", body: await script });
      } else if (path === "/endless-answer") {
        response.writeHead(200).flushHeaders();
      } else if (path === "/no-answer") {
        return;
      } else if (path.startsWith("/wizard/")) {
        wizard({ path, request, response, body: posts.at(-1)?.body ?? "" });
      } else {
        await sendFixture(response, path);
      }
    };
    answer().catch((thrown: unknown) =>
      response.destroy(thrown instanceof Error ? thrown : undefined),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("The test site has no port.");
  const origin = `http://127.0.0.1:${address.port}`;
  const browser = await openTestBrowser();
  return {
    origin,
    posts,
    open: (path) => browser.open(`${origin}${path}`),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function bundleReactForm(): Promise<string> {
  const bundle = await build({
    entryPoints: [`${fixtures}react-form.jsx`],
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return bundle.outputFiles[0]?.text ?? "";
}

async function sendFixture(response: ServerResponse, path: string): Promise<void> {
  if (path === "/react-form.html") {
    const body = page("React form", '<div id="root"></div><script src="/react-form.js"></script>');
    send(response, { status: 200, type: "text/html", body });
    return;
  }
  const body = await readFile(`${fixtures}${path.slice(1)}`, "utf8").catch(() => null);
  send(response, {
    status: body === null ? 404 : 200,
    type: "text/html",
    body: body ?? page("Not found", "<h1>Page not found</h1>"),
  });
}

/** Three steps; the first refuses an address without an @, `/wizard/stuck` never gets anywhere. */
function wizard({
  path,
  request,
  response,
  body,
}: {
  readonly path: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: string;
}): void {
  const isPost = request.method === "POST";
  const redirect = (to: string): void => void response.writeHead(303, { location: to }).end();
  if (path === "/wizard/1" && isPost && /email=[^&]*(@|%40)/u.test(body))
    return redirect("/wizard/2");
  if (path === "/wizard/2" && isPost) return redirect("/wizard/done");
  const pages: Record<string, string> = {
    "/wizard/1": step({
      action: "/wizard/1",
      fields: `<label>Full name <input name="name"></label><p><label>Email <input name="email"></label>${
        isPost ? '<span class="error">Enter a valid e-mail address</span>' : ""
      }</p>`,
      button: "Continue",
    }),
    "/wizard/native": step({
      action: "/wizard/1",
      fields:
        '<label>Email <input name="email" type="email" required></label><label>Phone <input name="phone"></label>',
      button: "Next",
    }),
    "/wizard/2": step({
      action: "/wizard/2",
      fields: '<label>How did you hear about us? <input name="source"></label>',
      button: "Submit application",
    }),
    "/wizard/stuck": `<form><label>Email <input name="email"></label><label>Phone <input name="phone"></label><button type="button">Next</button></form>`,
    "/wizard/done": "<h1>Thank you for applying</h1><p>Your reference: HB-2026-17</p>",
  };
  send(response, { status: 200, type: "text/html", body: page("Wizard", pages[path] ?? "") });
}

function step({
  action,
  fields,
  button,
}: {
  action: string;
  fields: string;
  button: string;
}): string {
  return `<form method="post" action="${action}">${fields}<button type="submit">${button}</button></form>`;
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;
}

function send(
  response: ServerResponse,
  { status, type, body }: { readonly status: number; readonly type: string; readonly body: string },
): void {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8` }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
