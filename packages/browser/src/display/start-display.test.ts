import { once } from "node:events";
import { existsSync, readFileSync, readdirSync, readlinkSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { canEnter } from "../find-os-user.ts";
import { launchTestBrowser, quietLog } from "../test-browser.fixture.ts";
import { type Display, type StartDisplayInput, startDisplay } from "./start-display.ts";

let folder: string;
const nobody = { uid: 65_534, gid: 65_534 };
const osUser = process.getuid?.() === 0 ? nobody : undefined;

beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), "valet-displays-"))));
afterEach(() => rm(folder, { recursive: true }));

function start(change: Partial<StartDisplayInput> = {}): Promise<Display> {
  return startDisplay({
    executablePath: "/usr/bin/Xtigervnc",
    folder: path.join(folder, "one"),
    osUser,
    signal: AbortSignal.timeout(30_000),
    log: quietLog,
    ...change,
  });
}

test("a display speaks RFB on a socket that only we can reach, and leaves nothing behind", async () => {
  const display = await start();
  const socket = display.connect();
  const [greeting] = await once(socket, "data");
  expect(String(greeting)).toBe("RFB 003.008\n");
  expect(statSync(folder).mode & 0o077).toBe(0);
  expect(osUser !== undefined && (await canEnter(path.join(folder, "one"), osUser))).toBe(false);
  expect(listeningPorts(display.pid)).toEqual([]);

  const cut = once(socket, "close");
  await display.close();
  await display.close();
  await cut;
  expect(existsSync(path.join(folder, "one"))).toBe(false);
  expect(existsSync(`/tmp/.X11-unix/X${display.number}`)).toBe(false);
  expect(existsSync(`/proc/${display.pid}`)).toBe(false);
});

test("nobody shows a window on a display without its key, not with another display's either", async () => {
  const [one, other] = await Promise.all([start(), start({ folder: path.join(folder, "two") })]);
  try {
    expect(one.number).not.toBe(other.number);
    expect(await greet(one, undefined)).toBe("refused");
    expect(await greet(one, other.access.authority)).toBe("refused");
    expect(await greet(one, one.access.authority)).toBe("accepted");
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
});

test("a display that is killed is noticed, and closing it still cleans up", async () => {
  const display = await start();
  process.kill(display.pid, "SIGKILL");
  await display.exited;
  expect(existsSync(`/tmp/.X11-unix/X${display.number}`)).toBe(true);
  await display.close();
  expect(existsSync(`/tmp/.X11-unix/X${display.number}`)).toBe(false);
});

test("a browser fills its display", async () => {
  const display = await start();
  const browser = await launchTestBrowser({ display: display.access });
  try {
    const { targetInfos } = Targets.parse(await browser.pipe.call("Target.getTargets"));
    const [page] = targetInfos;
    const { bounds } = await browser.pipe.call("Browser.getWindowForTarget", { ...page });
    expect(bounds).toMatchObject({ left: 0, top: 0, width: 1280, height: 900 });
  } finally {
    await browser.close();
    await display.close();
  }
});

test("a program that is no display is a failed start, and an aborted start leaves nothing", async () => {
  for (const executablePath of ["/bin/true", "/nowhere/Xvnc"]) {
    await expect(start({ executablePath })).rejects.toMatchObject({ code: "DISPLAY_START_FAILED" });
  }
  const reason = new Error("no longer wanted");
  const controller = new AbortController();
  const starting = start({ signal: controller.signal });
  controller.abort(reason);
  await expect(starting).rejects.toBe(reason);
  expect(existsSync(path.join(folder, "one"))).toBe(false);
});

const Targets = z.object({ targetInfos: z.array(z.object({ targetId: z.string() })).min(1) });

/** The first message of an X client, with the cookie of a key file or with none. */
async function greet(display: Display, authority: Buffer | undefined): Promise<string> {
  const scheme = Buffer.from(authority === undefined ? "" : "MIT-MAGIC-COOKIE-1\0\0");
  const cookie = authority?.subarray(-16) ?? Buffer.alloc(0);
  const head = Buffer.from([
    0x6c,
    0,
    11,
    0,
    0,
    0,
    authority === undefined ? 0 : 18,
    0,
    cookie.length,
    0,
    0,
    0,
  ]);
  const socket = connect(`/tmp/.X11-unix/X${display.number}`);
  socket.write(Buffer.concat([head, scheme, cookie]));
  const [answer] = await once(socket, "data");
  socket.destroy();
  return Buffer.isBuffer(answer) && answer[0] === 1 ? "accepted" : "refused";
}

/** Of the process itself: TCP sockets that listen are named in its network tables by inode. */
function listeningPorts(pid: number): string[] {
  const tables = ["tcp", "tcp6"].map((table) => readFileSync(`/proc/${pid}/net/${table}`, "utf8"));
  const listening = tables
    .join("\n")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === "0A")
    .map((words) => `socket:[${words[9]}]`);
  const files = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  return files.filter((file) => listening.includes(file));
}
