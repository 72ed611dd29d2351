import { execFile } from "node:child_process";
import { access, chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canRead, createChromiumAsUser } from "./chromium-as-user.ts";

const isRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "valet-as-user-"));
  await chmod(folder, 0o755);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test.runIf(isRoot)("the browser runs as the other user, in a profile of its own", async () => {
  const program = join(folder, "it's a browser");
  await writeFile(program, '#!/bin/sh\nid -u; echo "$@"; touch "$HOME/mark"\n', { mode: 0o755 });
  const made = await createChromiumAsUser(program, nobody);
  const { stdout } = await promisify(execFile)(made.executablePath, ["--user-data-dir=/root"], {
    env: made.env,
    cwd: "/",
  });
  const home = made.env["HOME"] ?? "";
  expect(stdout).toBe(`65534\n--user-data-dir=/root --user-data-dir=${home}\n`);
  await access(join(home, "mark"));
  await made.close();
  await expect(access(dirname(made.executablePath))).rejects.toThrow("ENOENT");
});

test.runIf(isRoot)("a page that only root may read is told from one for all", async () => {
  const own = join(folder, "own.html");
  const open = join(folder, "open.html");
  await writeFile(own, "", { mode: 0o600 });
  await writeFile(open, "", { mode: 0o644 });
  expect([await canRead(own, nobody), await canRead(open, nobody)]).toEqual([false, true]);
});
