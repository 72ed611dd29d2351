/** `npm run check`: every static check at once; a tool's output is shown only if it fails. */
import { fileURLToPath } from "node:url";
import { delimiter, join } from "node:path";
import { capture } from "./progress.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
};

const checks = [
  { name: "format", command: ["oxfmt", "--check"], mend: "npx oxfmt" },
  { name: "lint", command: ["oxlint", "--type-aware"] },
  { name: "dead code", command: ["knip"] },
  { name: "boundaries", command: ["turbo", "boundaries", "--no-color"] },
  {
    name: "types",
    command: ["turbo", "run", "typecheck", "--no-color", "--output-logs=errors-only"],
  },
];

const startedAt = performance.now();
const results = await Promise.all(checks.map(runCheck));
const failed = results.filter((result) => result.code !== 0);
for (const { name, output, mend } of failed) {
  console.log(`\n── ${name} ──\n${output.trimEnd()}`);
  if (mend !== undefined) console.log(`(mend with: ${mend})`);
}
if (failed.length > 0) console.log("");
for (const { name, code, seconds } of results) {
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name.padEnd(11)} ${seconds} s`);
}
console.log(
  `${results.length - failed.length} of ${results.length} checks passed in ${since(startedAt)} s`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

/** @param {{ name: string, command: string[], mend?: string }} check */
async function runCheck({ name, command: [tool = "", ...args], mend }) {
  const began = performance.now();
  const { code, output } = await capture({ command: join(bin, tool), args, cwd: root, env });
  return { name, mend, code, output, seconds: since(began) };
}

/** @param {number} moment */
function since(moment) {
  return ((performance.now() - moment) / 1000).toFixed(1);
}
