import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const report = process.env["VALET_TEST_REPORT"];

/** All tests of the repository: one Postgres, Redis and engine per run, started by the global setup. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: [
      "packages/**/src/**/*.test.ts",
      "packages/**/bootstrap/**/*.test.mjs",
      "apps/**/src/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**"],
    globalSetup: [fileURLToPath(new URL("src/global-setup.ts", import.meta.url))],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
  },
});
