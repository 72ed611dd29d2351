import { join } from "node:path";

import { buildSync } from "esbuild";

export interface ClientBundle {
  readonly script: string;
  readonly styles: string;
}

/**
 * Bundles the page's script and styles in memory. Synchronous on purpose: the asynchronous call
 * leaves a service process behind that outlives the server.
 */
export function bundleClient(): ClientBundle {
  const folder = join(import.meta.dirname, "client");
  const { outputFiles } = buildSync({
    entryPoints: { app: join(folder, "main.tsx"), styles: join(folder, "styles.css") },
    outdir: folder,
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "chrome120",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  function outputNamed(name: string): string {
    const file = outputFiles.find(({ path }) => path.endsWith(name));
    if (!file) throw new Error(`The bundle of the Greenhouse-like page has no ${name}.`);
    return file.text;
  }
  return { script: outputNamed("app.js"), styles: outputNamed("styles.css") };
}
