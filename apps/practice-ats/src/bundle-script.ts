import { buildSync } from "esbuild";

/**
 * Bundles a page's script in memory. Synchronous on purpose: the asynchronous call leaves a service
 * process behind that outlives the server.
 */
export function bundleScript(entryPoint: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [entryPoint],
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "chrome120",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error("The bundle of a practice page is empty.");
  return script.text;
}
