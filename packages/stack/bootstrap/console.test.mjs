import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { consoleStamp } from "./console.mjs";

test("the console is built again after a change of what goes into it, and of nothing else", () => {
  const root = mkdtempSync(join(tmpdir(), "valet-console-"));
  try {
    const write = (/** @type {string} */ path, /** @type {string} */ text) => {
      mkdirSync(join(root, path, ".."), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    write("pnpm-lock.yaml", "1");
    write("apps/console/src/main.tsx", "1");
    write("packages/client/src/index.ts", "1");
    write("packages/contracts/src/index.ts", "1");
    const before = consoleStamp(root);
    for (const path of [
      "apps/console/dist/index.html",
      "apps/console/node_modules/x.js",
      "apps/console/src/board/rows.test.ts",
      "packages/db/src/index.ts",
    ]) {
      write(path, "new");
      expect(consoleStamp(root)).toBe(before);
    }
    for (const path of [
      "pnpm-lock.yaml",
      "apps/console/src/main.tsx",
      "apps/console/src/new.tsx",
      "packages/contracts/src/index.ts",
    ]) {
      const earlier = consoleStamp(root);
      write(path, "new");
      expect(consoleStamp(root)).not.toBe(earlier);
    }
    const copy = join(root, "copy");
    cpSync(join(root, "apps"), join(copy, "apps"), { recursive: true });
    cpSync(join(root, "packages"), join(copy, "packages"), { recursive: true });
    write("copy/pnpm-lock.yaml", "new");
    expect(consoleStamp(copy)).toBe(consoleStamp(root));
  } finally {
    rmSync(root, { recursive: true });
  }
});
