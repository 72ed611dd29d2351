/**
 * @typedef {import("./system-packages.mjs").SystemNeed} SystemNeed
 * @typedef {{ program: "valet" | "test" | "check", args: string[], system: SystemNeed[], engine: boolean, console: boolean }} RunPlan
 */

const wholeStack = new Set(["up", "demo", "bench"]);
const browserOnly = new Set(["form", "captcha", "site"]);

/**
 * What a command line needs before it can run. Verbs that only talk to a running Valet, and
 * `doctor`, which reports what is missing, need nothing but the packages. Pure.
 *
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {RunPlan}
 */
export function planRun(argv, env) {
  const [first, second, ...rest] = argv;
  if (first === "--run" && second === "check") {
    return { program: "check", args: rest, system: [], engine: false, console: false };
  }
  if (first === "--run" && second === "test") {
    // Tests bring their own services whatever the caller's variables point at.
    return {
      program: "test",
      args: rest,
      system: ["chromium", "display", "redis"],
      engine: true,
      console: true,
    };
  }
  const args = [...argv];
  const verb = args.find((arg) => !arg.startsWith("-")) ?? "";
  if (args.includes("--help") || args.includes("-h")) {
    return { program: "valet", args, system: [], engine: false, console: false };
  }
  if (wholeStack.has(verb)) {
    return {
      program: "valet",
      args,
      system: [
        "chromium",
        ...(env.VALET_DISPLAY === "headless" ? [] : /** @type {const} */ (["display"])),
        ...(env.REDIS_URL ? [] : /** @type {const} */ (["redis"])),
      ],
      engine: !env.HATCHET_CLIENT_TOKEN,
      console: true,
    };
  }
  return {
    program: "valet",
    args,
    system: browserOnly.has(verb) ? ["chromium"] : [],
    engine: false,
    console: false,
  };
}
