import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { isSweep } from "./src/every-case-or.ts";
import { LongestFirst } from "./src/longest-first.ts";

const report = process.env["VALET_TEST_REPORT"];

/**
 * All tests of the repository: one Postgres, Redis and engine per run, started by the global setup.
 * A sweep (`npm run test:sweep`) adds what stands in `*.sweep.test.ts` and tries every case.
 */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["{packages,apps}/**/src/**/*.test.ts", "packages/**/bootstrap/**/*.test.mjs"],
    exclude: ["**/node_modules/**", "**/dist/**", ...(isSweep ? [] : ["**/*.sweep.test.ts"])],
    globalSetup: [fileURLToPath(new URL("src/global-setup.ts", import.meta.url))],
    setupFiles: [fileURLToPath(new URL("src/begin-test-file.ts", import.meta.url))],
    environment: fileURLToPath(new URL("src/test-environment.ts", import.meta.url)),
    pool: "forks",
    // A process runs many files: what they import is evaluated once in it, not once for each of them.
    isolate: false,
    // More than the cores of a small machine, since many tests wait.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
  },
});
