/**
 * The one door to Valet on a machine that has nothing but Node 20: makes everything ready that the
 * command needs, then runs it under the project's own Node. Without dependencies, asks nothing.
 *
 *   bootstrap.mjs VERB ARGS…        the valet command
 *   bootstrap.mjs --run test ARGS…  the tests
 *   bootstrap.mjs --run check       format, lint, dead code, boundaries, types
 */
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBrowserUser } from "./browser-user.mjs";
import { ensureConsole } from "./console.mjs";
import { ensureEngine } from "./engine.mjs";
import { ensurePackages } from "./packages.mjs";
import { cacheDir, isRoot } from "./places.mjs";
import { planRun } from "./plan-run.mjs";
import { say } from "./progress.mjs";
import { ensureSystemPackages } from "./system-packages.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const env = {
  // Node keeps compiled code there: the second start of a process takes half as long.
  NODE_COMPILE_CACHE: join(cacheDir(process.env, isRoot()), "node"),
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
};

try {
  const plan = planRun(process.argv.slice(2), process.env);
  await withDefaultSignals(() => prepare(plan));
  runProgram(plan);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** @param {import("./plan-run.mjs").RunPlan} plan */
async function prepare(plan) {
  await ensurePackages(root, process.env);
  await ensureSystemPackages(plan.system, { env: process.env, isRoot: isRoot() });
  if (plan.system.includes("chromium")) {
    await ensureBrowserUser({ isRoot: isRoot(), env: process.env });
  }
  if (plan.engine) await prepareEngine();
  if (plan.console) await ensureConsole(root, env);
}

async function prepareEngine() {
  const engine = await ensureEngine({
    cacheDir: cacheDir(process.env, isRoot()),
    env: process.env,
  });
  if (engine.kind === "no-go") {
    say(
      "no Go on this machine: the engine comes as Hatchet's own sidecar, which needs internet once",
    );
  }
}

/** @param {import("./plan-run.mjs").RunPlan} plan */
function commandOf({ program, args }) {
  switch (program) {
    case "test":
      return [
        join(bin, "node"),
        join(root, "node_modules/vitest/vitest.mjs"),
        "run",
        "--root",
        root,
        "--config",
        join(root, "packages/testkit/vitest.config.ts"),
        ...args,
      ];
    case "check":
      return [join(bin, "node"), join(root, "packages/stack/bootstrap/check.mjs"), ...args];
    case "valet":
      return [join(bin, "node"), join(root, "apps/cli/src/main.ts"), ...args];
  }
}

/**
 * The child's end is our end: same exit code, same signal.
 * @param {import("./plan-run.mjs").RunPlan} plan
 */
function runProgram(plan) {
  const [command = "", ...args] = commandOf(plan);
  // Tests and checks work from the root; the valet command sees the caller's folder, so that file
  // arguments mean what they say. npm changes the folder and tells the caller's in INIT_CWD.
  const cwd = plan.program === "valet" ? (process.env.INIT_CWD ?? process.cwd()) : root;
  const child = spawn(command, args, { cwd, env, stdio: "inherit" });
  child.once("error", (error) => {
    say(`could not start ${command}: ${error.message}`);
    process.exit(1);
  });
  // Ctrl-C at a terminal reaches the child by itself; passed on as well it would come twice, and
  // the second means "at once" to it.
  const atTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  process.on("SIGINT", () => void (atTerminal || child.kill("SIGINT")));
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"])) {
    process.on(signal, () => void child.kill(signal));
  }
  child.once("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/**
 * While preparing, a signal ends us through `exit`, so that the running install or build ends too.
 * @param {() => Promise<void>} work
 */
async function withDefaultSignals(work) {
  const onInterrupt = () => process.exit(130);
  const onTerminate = () => process.exit(143);
  process.on("SIGINT", onInterrupt).on("SIGTERM", onTerminate);
  try {
    await work();
  } finally {
    process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate);
  }
}
