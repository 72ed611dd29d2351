import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { App } from "../app-type.ts";

/** Scripts and styles are files of ours; noVNC draws its pointer as a picture in a `data:` address. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const folder = join(import.meta.dirname, "viewer");

/**
 * `/tasks/:id/live`: the page on which a person looks at a live browser and acts in it. It is the same
 * for every task and holds nothing of any; what it shows it asks for with the person's key.
 */
export function registerLivePage(app: App): void {
  let script: string | undefined;
  const hidden = { schema: { hide: true } };
  const files = [
    ["/tasks/:id/live", "text/html", () => readFileSync(join(folder, "page.html"), "utf8")],
    ["/live/viewer.css", "text/css", () => readFileSync(join(folder, "viewer.css"), "utf8")],
    ["/live/viewer.js", "text/javascript", () => (script ??= bundleViewer())],
  ] as const;
  for (const [url, type, read] of files) {
    app.get(url, hidden, async (_request, reply) =>
      reply
        .type(`${type}; charset=utf-8`)
        .header("content-security-policy", pagePolicy)
        .header("cache-control", "no-cache")
        .send(read()),
    );
  }
}

/** Synchronous on purpose: the asynchronous call leaves a service process behind that outlives us. */
function bundleViewer(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(folder, "viewer.ts")],
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2024",
    // noVNC is under the MPL: its notice goes with it.
    legalComments: "inline",
    logLevel: "silent",
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error("The viewer's bundle is empty.");
  return bundle.text;
}
