import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type TestValet, resumePdf, testStateDir } from "@valet/testkit";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../../..", import.meta.url));
const limitMs = 110_000;

/** The program under "From a program", as it stands in the README. */
export async function readmeExample(): Promise<string> {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const [, program] = /^## From a program$.*?^```ts$(.*?)^```$/msu.exec(readme) ?? [];
  if (program === undefined) throw new Error("The README has no example under From a program.");
  return program;
}

/** A folder of its own for the program, in which it finds what its reader would have put there. */
export async function placeExample(valet: TestValet, jobUrl: string): Promise<string> {
  const folder = testStateDir();
  const keyFile = join(folder, "api-key");
  let program = await readmeExample();
  for (const [theirs, ours] of [
    ["http://127.0.0.1:8180", valet.apiUrl],
    ["/var/lib/valet/api-key", keyFile],
    ["https://jobs.example.com/42", jobUrl],
  ] as const) {
    if (!program.includes(`"${theirs}"`)) throw new Error(`The example does not say ${theirs}.`);
    program = program.replace(`"${theirs}"`, JSON.stringify(ours));
  }
  await mkdir(join(folder, "node_modules/@valet"), { recursive: true });
  await symlink(join(root, "packages/client"), join(folder, "node_modules/@valet/client"));
  const base = join(root, "tsconfig.base.json");
  const types = join(root, "apps/worker/node_modules/@types");
  const settings = {
    extends: base,
    compilerOptions: { typeRoots: [types] },
    files: ["example.ts"],
  };
  const files = {
    "example.ts": program,
    "tsconfig.json": JSON.stringify(settings),
    "package.json": '{ "type": "module" }',
    "cv.pdf": resumePdf(),
    "api-key": `${valet.apiKey}\n`,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

/** What it prints. Throws when it ends badly, with what it said. */
export async function runExample(folder: string): Promise<string> {
  const { stdout } = await run(process.execPath, ["example.ts"], { cwd: folder, timeout: limitMs });
  return stdout;
}

/** What the compiler says against it: nothing. */
export async function checkExample(folder: string): Promise<string> {
  const tsc = join(root, "node_modules/.bin/tsc");
  const { stdout } = await run(tsc, ["--noEmit", "-p", "."], { cwd: folder }).catch(
    (error: unknown) => ({ stdout: String(Object(error).stdout) }),
  );
  return stdout;
}
