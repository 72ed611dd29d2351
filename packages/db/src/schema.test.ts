import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestStore, openTestStore } from "./task.fixture.ts";

let store: TestStore;
beforeAll(async () => void (store = await openTestStore()));
afterAll(() => store?.close());

test("schema.gen.ts is what the migrations make (renew: kysely-codegen without --verify)", async () => {
  const packageDir = fileURLToPath(new URL("..", import.meta.url));
  const codegen = promisify(execFile)(
    process.execPath,
    [
      fileURLToPath(import.meta.resolve("kysely-codegen/package.json")).replace(
        /package\.json$/,
        "dist/cli/bin.js",
      ),
      "--dialect=postgres",
      "--camel-case",
      "--exclude-pattern=schema_migrations",
      "--out-file=src/schema.gen.ts",
      `--url=${store.url}`,
      "--verify",
    ],
    { cwd: packageDir },
  );
  await expect(codegen).resolves.toMatchObject({ stdout: expect.stringContaining("up-to-date") });
});
