import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));
const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
const tsc = join(dirname(manifest), "bin", "tsc");

test("the declarations beside the modules say what the modules are", () => {
  const out = mkdtempSync(join(tmpdir(), "valet-declarations-"));
  try {
    execFileSync(process.execPath, [
      tsc,
      "-p",
      join(here, "tsconfig.declarations.json"),
      "--outDir",
      out,
    ]);
    const committed = readdirSync(here).filter((name) => name.endsWith(".d.mts"));
    expect(committed).toHaveLength(4);
    for (const name of committed) {
      const kept = readFileSync(join(here, name), "utf8").replace(/^\/\/.*\n/, "");
      expect(plain(kept)).toBe(plain(readFileSync(join(out, name), "utf8")));
    }
  } finally {
    rmSync(out, { recursive: true });
  }
});

/** Without what the formatter decides. */
function plain(/** @type {string} */ text) {
  return text.replaceAll(/[\s|,]+/g, "");
}
