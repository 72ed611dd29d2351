import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCaptured } from "../run-captured.ts";

let folder: string;

const page = `<meta charset="utf-8"><form>
<label>First name <input name="first" required></label>
<label>Short code <input name="code" maxlength="3"></label>
<label>Salary expectations <input name="salary" required></label>
<button>Submit application</button></form>`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "valet-form-fill-"));
  const profile = { basics: { name: "Ada Example" }, application: { name: { first: "Ada" } } };
  const files = {
    "page.html": page,
    "right.json": JSON.stringify({ "First name": "Ada", "Short code": "abc" }),
    "long.json": JSON.stringify({ "First name": "Ada", "Short code": "abcdef" }),
    "unknown.json": JSON.stringify({ "First name": "Ada", "Shoe size": 42 }),
    "profile.json": JSON.stringify(profile),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function run(...words: readonly string[]): Promise<{ exitCode: number; json: unknown }> {
  const argv = ["form", ...words, "--offline", "--json"];
  const { exitCode, stdout } = await runCaptured({ argv, cwd: folder });
  const json: unknown = JSON.parse(stdout);
  return { exitCode, json };
}

test("what sticks is read back and the exit code is 0", async () => {
  expect(await run("fill", "page.html", "--values", "right.json")).toMatchObject({
    exitCode: 0,
    json: {
      file: "page.html",
      fields: [
        { label: "First name", value: "Ada", source: "person", ok: true },
        { label: "Short code", value: "abc", source: "person", ok: true },
        { value: null, ok: null },
      ],
      unmatched: [],
    },
  });
});

test("a value that does not stick, or has no field, is told and the exit code is 1", async () => {
  expect(await run("fill", "page.html", "--values", "long.json")).toMatchObject({
    exitCode: 1,
    json: { fields: [{ ok: true }, { value: null, ok: false, problem: "too_long" }, {}] },
  });
  expect(await run("fill", "page.html", "--values", "unknown.json")).toMatchObject({
    exitCode: 1,
    json: { fields: [{ value: "Ada", ok: true }, {}, {}], unmatched: ["Shoe size"] },
  });
});

test("a plan says for each field what would go into it, and asks for what is not stored", async () => {
  expect(await run("plan", "page.html", "--profile", "profile.json")).toMatchObject({
    exitCode: 0,
    json: {
      file: "page.html",
      fields: [
        { label: "First name", action: "fill", value: "Ada", source: "profile" },
        { label: "Short code", action: "skip", value: null, source: null },
        { label: "Salary expectations", action: "ask", value: null },
      ],
    },
  });
});

test.each(["plan", "fill"])("form %s explains itself with an example", async (verb) => {
  const { exitCode, stdout } = await runCaptured({ argv: ["form", verb, "--help"], cwd: folder });
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`valet form ${verb} page.html`);
});
