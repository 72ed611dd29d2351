import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCaptured } from "../run-captured.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "valet-form-read-"));
  const form = (label: string) =>
    `<meta charset="utf-8"><form><label>${label} <input name="field"></label><button>Submit application</button></form>`;
  await writeFile(join(folder, "a.html"), form("First name"));
  await writeFile(join(folder, "b.html"), form("الاسم الأول 🎉"));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test("several files give a line each in order, one that is not there does not stop the others", async () => {
  const argv = ["form", "read", "a.html", "none.html", "b.html", "--no-js", "--offline", "--json"];
  const { exitCode, stdout } = await runCaptured({ argv, cwd: folder });
  const lines = stdout
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(exitCode).toBe(1);
  expect(lines).toMatchObject([
    { file: "a.html", fields: [{ name: "field", meaning: "name.first", policy: "fill" }] },
    { file: "none.html", error: { code: "USAGE" } },
    { file: "b.html", fields: [{ label: "الاسم الأول 🎉" }] },
  ]);
});

test("a page on the network is refused while the network is blocked", async () => {
  const argv = ["form", "read", "http://127.0.0.1:9/", "--offline", "--json"];
  const { exitCode, stdout } = await runCaptured({ argv, cwd: folder });
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "PAGE_UNREACHABLE" } });
});
