import { readFileSync, readdirSync } from "node:fs";
import { type TestValet, until } from "@valet/testkit";

/** Kills every Chromium of the session host at once, as the kernel does when memory is short. */
export async function killBrowsers(valet: TestValet): Promise<void> {
  const host = valet.process("session-host").pid;
  const browsers = processesBelow(host);
  if (browsers.length === 0) throw new Error("The session host has no browser.");
  for (const pid of browsers) process.kill(pid, "SIGKILL");
  await until("they are gone", () => browsers.every((pid) => !processesBelow(host).includes(pid)));
}

/** Processes that this one has started, which run. */
export function processesBelow(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

function parentOf(pid: string): number | undefined {
  try {
    // After the command in parentheses: state and parent.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? undefined : Number(fields[1]);
  } catch {
    return undefined;
  }
}

/** Sessions of the task that have a browser now. */
export async function liveSessions(valet: TestValet, taskId: string): Promise<number> {
  const response = await fetch(`${valet.sessionHost.url}/sessions`, {
    headers: { authorization: `Bearer ${valet.sessionHost.token}` },
  });
  // Only the members this looks at.
  const { sessions } = (await response.json()) as { sessions: { taskId: string; state: string }[] };
  return sessions.filter((session) => session.taskId === taskId && session.state === "live").length;
}

/** How long each rebuilding took, in milliseconds, as the worker says in its log. */
export function rebuildTimes(valet: TestValet, worker = "worker-1"): number[] {
  return readFileSync(valet.process(worker).logFile, "utf8")
    .split("\n")
    .filter((line) => line.includes("application built again on a new browser"))
    .map((line) => Number(/"ms":(\d+)/.exec(line)?.[1]));
}
