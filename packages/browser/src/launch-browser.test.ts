import { existsSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { decideSandbox } from "./launch-browser.ts";
import { type TestBrowser, launchTestBrowser } from "./test-browser.fixture.ts";

const patient = { timeout: 10_000 };

test("a browser leaves no process, no profile and no socket folder behind", async () => {
  const browser = await launchTestBrowser();
  const socketFolder = readlinkSync(`${browser.userDataDir}/SingletonSocket`).replace(
    /\/[^/]*$/,
    "",
  );
  expect(existsSync(socketFolder)).toBe(true);
  expect(processesOf(browser).length).toBeGreaterThan(2);

  await browser.close();
  await browser.close();

  expect(processesOf(browser)).toEqual([]);
  expect(existsSync(browser.userDataDir)).toBe(false);
  expect(existsSync(socketFolder)).toBe(false);
});

test("a browser killed from outside is noticed, and closing it still cleans up", async () => {
  const browser = await launchTestBrowser();
  const socketFolder = readlinkSync(`${browser.userDataDir}/SingletonSocket`).replace(
    /\/[^/]*$/,
    "",
  );
  process.kill(browser.pid, "SIGKILL");

  expect(await browser.exited).toEqual({ code: null, signal: "SIGKILL" });
  await browser.pipe.closed;
  await expect(browser.pipe.call("Browser.getVersion")).rejects.toMatchObject({
    code: "SESSION_LOST",
  });

  await browser.close();
  expect(processesOf(browser)).toEqual([]);
  expect(existsSync(socketFolder)).toBe(false);
});

test("a browser of an ordinary user runs with its sandbox on and gets none of our variables", async () => {
  process.env.VALET_TEST_CANARY = "canary";
  const isRoot = process.getuid?.() === 0;
  const nobody = { uid: 65_534, gid: 65_534 };
  const browser = await launchTestBrowser({
    allowNoSandbox: false,
    ...(isRoot ? { osUser: nobody, userDataDir: `/tmp/valet-nobody-${process.pid}` } : {}),
  });
  try {
    const commandLines = processesOf(browser).map((pid) => readProc(pid, "cmdline"));
    expect(commandLines.join(" ")).not.toContain("--no-sandbox");
    expect(commandLines.join(" ")).not.toContain("--remote-debugging-port");
    expect(commandLines.join(" ")).not.toContain("--disable-extensions");
    // 2: a seccomp filter is on, which Chromium's sandbox sets and --no-sandbox leaves out.
    await expect.poll(() => readRendererStatus(browser), patient).toMatch(/^Seccomp:\s+2$/m);
    expect(readProc(browser.pid, "environ")).not.toContain("canary");
    const uid = isRoot ? nobody.uid : process.getuid?.();
    expect(readProc(browser.pid, "status")).toMatch(new RegExp(`^Uid:\\s+${uid}\\s`, "m"));
  } finally {
    delete process.env.VALET_TEST_CANARY;
    await browser.close();
  }
});

test("without Chromium the error names the command that installs it", async () => {
  await expect(launchTestBrowser({ executablePath: "/nowhere/chromium" })).rejects.toMatchObject({
    code: "CHROMIUM_MISSING",
    message: expect.stringContaining("apt-get install -y chromium"),
  });
});

test("a program that is no browser is a failed launch, not a hang", async () => {
  await expect(launchTestBrowser({ executablePath: "/bin/true" })).rejects.toMatchObject({
    code: "BROWSER_LAUNCH_FAILED",
  });
});

test("an aborted launch ends with the reason and leaves nothing", async () => {
  const reason = new Error("no longer wanted");
  const controller = new AbortController();
  const launching = launchTestBrowser({ signal: controller.signal });
  controller.abort(reason);
  await expect(launching).rejects.toBe(reason);
});

test("root without the development flag gets no browser", () => {
  const root = { uid: 0, gid: 0 };
  expect(() => decideSandbox({ osUser: root, allowNoSandbox: false })).toThrow(
    /VALET_BROWSER_USER/,
  );
  expect(decideSandbox({ osUser: root, allowNoSandbox: true })).toBe(false);
  expect(decideSandbox({ osUser: { uid: 1_000, gid: 1_000 }, allowNoSandbox: true })).toBe(true);
});

/** Without those that have ended and wait for the system to collect them. */
function processesOf(browser: TestBrowser): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      const [state, , group] = readProc(pid, "stat")
        .replace(/^.*\) /s, "")
        .split(" ");
      const isOurs = readProc(pid, "cmdline").includes(browser.userDataDir);
      return state !== "Z" && (isOurs || Number(group) === browser.pid);
    });
}

function readRendererStatus(browser: TestBrowser): string {
  const renderer = processesOf(browser).find((pid) =>
    readProc(pid, "cmdline").includes("--type=renderer"),
  );
  return renderer === undefined ? "" : readProc(renderer, "status");
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
