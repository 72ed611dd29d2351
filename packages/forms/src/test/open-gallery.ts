import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";
import type { Page } from "playwright";
import { type TestBrowser, openTestBrowser } from "./open-test-browser.ts";

const folder = fileURLToPath(new URL("../../gallery/", import.meta.url));

/** The widget gallery on loopback, each library bundled when first asked for, and a browser. */
export interface Gallery {
  readonly open: (library: string, widget: string) => Promise<Page>;
  /** For a browser of one's own. */
  readonly addressOf: (library: string, widget: string) => string;
  readonly close: () => Promise<void>;
}

interface Bundle {
  readonly script: string;
  readonly style: string;
}

export async function openGallery(): Promise<Gallery> {
  const bundles = new Map<string, Promise<Bundle>>();
  const bundleOf = (library: string): Promise<Bundle> => {
    const known = bundles.get(library) ?? bundle(library);
    bundles.set(library, known);
    return known;
  };
  const server = createServer((request, response) => {
    const [, library = "", file = ""] = new URL(
      request.url ?? "/",
      "http://localhost",
    ).pathname.split("/");
    const answer = async (): Promise<void> => {
      if (file === "") {
        response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(stage(library));
        return;
      }
      const { script, style } = await bundleOf(library);
      const isScript = file === "widget.js";
      const type = isScript ? "text/javascript" : "text/css";
      response
        .writeHead(200, { "content-type": `${type}; charset=utf-8` })
        .end(isScript ? script : style);
    };
    answer().catch((thrown: unknown) =>
      response.destroy(thrown instanceof Error ? thrown : undefined),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The gallery has no port.");
  const browser = await openTestBrowser();
  const addressOf = (library: string, widget: string): string =>
    `http://127.0.0.1:${address.port}/${library}/?w=${widget}`;
  return {
    open: (library, widget) => openPage(browser, addressOf(library, widget)),
    addressOf,
    close: async () => {
      await browser.close();
      await stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function stage(library: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${library}</title>
<link rel="stylesheet" href="/${library}/widget.css"></head>
<body><main id="root"></main><script src="/${library}/widget.js"></script></body></html>`;
}

async function openPage(browser: TestBrowser, address: string): Promise<Page> {
  const page = await browser.open(address, { locale: "en-US" });
  await page.waitForSelector("#given");
  return page;
}

async function bundle(library: string): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [`${folder}${library}.jsx`],
    outfile: "/widget.js",
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    minify: true,
    loader: { ".svg": "dataurl", ".png": "dataurl", ".webp": "dataurl" },
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const text = (end: string): string =>
    outputFiles.find(({ path }) => path.endsWith(end))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}
