import { existsSync } from "node:fs";
import { runWithProgress } from "./progress.mjs";

/**
 * @typedef {"chromium" | "display" | "redis"} SystemNeed
 * @typedef {{ exists: (path: string) => boolean, isRoot: boolean }} Machine
 * @typedef {{ kind: "present" }
 *   | { kind: "install", packages: string[] }
 *   | { kind: "ask", packages: string[], message: string }} SystemPlan
 */

const providers = {
  chromium: { file: "/usr/lib/chromium/chromium", packages: ["chromium", "fonts-liberation"] },
  display: { file: "/usr/bin/Xtigervnc", packages: ["tigervnc-standalone-server"] },
  redis: { file: "/usr/bin/redis-server", packages: ["redis-server"] },
};

/**
 * What has to be done so that the needed programs are there. Pure.
 * @param {readonly SystemNeed[]} needs
 * @param {Machine} machine
 * @returns {SystemPlan}
 */
export function planSystemPackages(needs, { exists, isRoot }) {
  const packages = needs
    .filter((need) => !exists(providers[need].file))
    .flatMap((need) => providers[need].packages);
  if (packages.length === 0) return { kind: "present" };
  if (!exists("/usr/bin/apt-get")) {
    const message = `Valet needs these programs, named here as Debian names them: ${packages.join(", ")}. Install them with this system's own package manager and run the command again.`;
    return { kind: "ask", packages, message };
  }
  if (isRoot) return { kind: "install", packages };
  const command = `sudo apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  return {
    kind: "ask",
    packages,
    message: `Programs are missing. Run this once, then the command again:\n\n  ${command}\n`,
  };
}

/**
 * @param {readonly SystemNeed[]} needs
 * @param {{ env: NodeJS.ProcessEnv, isRoot: boolean }} machine
 */
export async function ensureSystemPackages(needs, { env, isRoot }) {
  const plan = planSystemPackages(needs, { exists: existsSync, isRoot });
  if (plan.kind === "present") return;
  if (plan.kind === "ask") throw new Error(plan.message);
  const apt = { command: "apt-get", env: { ...env, DEBIAN_FRONTEND: "noninteractive" } };
  const wait = ["-o", "DPkg::Lock::Timeout=300", "-o", "APT::Update::Error-Mode=any"];
  await runWithProgress({ ...apt, title: "reading the package lists", args: [...wait, "update"] });
  await runWithProgress({
    ...apt,
    title: `installing ${plan.packages.join(", ")}`,
    args: [...wait, "install", "-y", "--no-install-recommends", ...plan.packages],
  });
}
