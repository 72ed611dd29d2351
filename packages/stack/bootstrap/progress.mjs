import { spawn } from "node:child_process";

/** Progress goes to standard error: standard output belongs to the verb. */
export function say(/** @type {string} */ line) {
  process.stderr.write(`valet: ${line}\n`);
}

/**
 * Runs a command to its end, with a line every few seconds; its output is shown only if it fails.
 *
 * @param {{ title: string, command: string, args: readonly string[], cwd?: string,
 *   env?: NodeJS.ProcessEnv, report?: (line: string) => void, everyMs?: number }} input
 * @returns {Promise<number>} seconds it took
 * @throws {Error} saying which command failed, with the end of its output
 */
export async function runWithProgress(input) {
  const { title, command, args, cwd, env, report = say, everyMs = 5000 } = input;
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  report(`${title} …`);
  const timer = setInterval(() => report(`${title}: ${seconds()} s …`), everyMs);
  try {
    const { code, output } = await capture({ command, args, cwd, env });
    if (code !== 0) throw new Error(failure({ title, command, args, code, output }));
    report(`${title}: done in ${seconds()} s`);
    return seconds();
  } finally {
    clearInterval(timer);
  }
}

/**
 * @param {{ command: string, args: readonly string[], cwd?: string | undefined, env?: NodeJS.ProcessEnv | undefined }} input
 * @returns {Promise<{ code: number | string, output: string }>} a signal's name when one ended it
 */
export function capture({ command, args, cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    /** @type {Buffer[]} */
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => chunks.push(chunk));
    }
    const stopChild = () => child.kill();
    process.once("exit", stopChild);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      process.off("exit", stopChild);
      resolve({
        code: code ?? signal ?? "unknown",
        output: Buffer.concat(chunks).toString("utf8"),
      });
    });
  });
}

/** @param {{ title: string, command: string, args: readonly string[], code: number | string, output: string }} input */
function failure({ title, command, args, code, output }) {
  const tail = output.trimEnd().split("\n").slice(-25).join("\n");
  return `${title}: failed with ${code}.\n  ${[command, ...args].join(" ")}\n${tail}`;
}
