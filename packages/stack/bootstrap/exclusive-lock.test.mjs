import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tryLock, withLock } from "./exclusive-lock.mjs";

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "valet-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a held lock names its holder, and leaves no file once released", () => {
  const path = join(folder, "lock");
  const held = tryLock(path);
  expect(tryLock(path)).toEqual({ kind: "busy", pid: process.pid });
  if (held.kind === "held") held.release();
  expect(readdirSync(folder)).toEqual([]);
});

test("a lock of a dead process is taken over, even if its number lives again", () => {
  const path = join(folder, "lock");
  writeFileSync(path, JSON.stringify({ pid: process.pid, start: "an-earlier-boot:1" }));
  expect(tryLock(path).kind).toBe("held");
  expect(tryLock(path).kind).toBe("busy");
});

test("work under one lock never overlaps", async () => {
  const path = join(folder, "lock");
  let inside = 0;
  const most = await Promise.all(
    [1, 2, 3].map(() =>
      withLock({ path }, async () => {
        inside += 1;
        await Promise.resolve();
        const seen = inside;
        inside -= 1;
        return seen;
      }),
    ),
  );
  expect(most).toEqual([1, 1, 1]);
});
