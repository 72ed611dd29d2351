import { once } from "node:events";
import { readFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { loadPlaywright } from "@valet/browser";
import { createValetClient } from "@valet/client";
import type { LiveTicket } from "@valet/contracts";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type LiveValet, startLiveValet } from "./live-browser.fixture.ts";

type Chromium = Awaited<ReturnType<typeof loadPlaywright>>["chromium"];
type Page = Awaited<ReturnType<Awaited<ReturnType<Chromium["launch"]>>["newPage"]>>;

const patient = { timeout: 30_000 };
let live: LiveValet;
let browser: Awaited<ReturnType<Chromium["launch"]>>;
const tickets: string[] = [];
const pages: Page[] = [];

beforeAll(async () => {
  live = await startLiveValet();
  const { chromium } = await loadPlaywright();
  browser = await chromium.launch({ executablePath: "/usr/lib/chromium/chromium" });
});
afterAll(async () => {
  await browser?.close();
  await live?.close();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.close();
});

async function askTicket(taskId: string, body: Parameters<LiveValet["client"]["takeOverTask"]>[1]) {
  const answer = await live.client.takeOverTask(taskId, body);
  tickets.push(answer.ticket);
  return answer;
}

/** How the API answers to who wants in: 101, or the status that it refuses with. */
async function knock(
  { url, ticket }: Pick<LiveTicket, "url" | "ticket">,
  origin: string | undefined = live.valet.apiUrl,
  protocols = ["binary", `ticket.${ticket}`],
): Promise<number> {
  const headers = origin === "" ? {} : { origin };
  const socket = new WebSocket(url, protocols, { headers });
  socket.on("error", () => undefined);
  const status = await Promise.race([
    once(socket, "open").then(() => 101),
    once(socket, "unexpected-response").then(([, { statusCode }]) => Number(statusCode)),
  ]);
  socket.terminate();
  return status;
}

/** The viewer, connected in this mode. */
async function openViewer(taskId: string, mode: "view" | "control"): Promise<Page> {
  const page = await browser.newPage();
  pages.push(page);
  await page.goto(`${live.valet.apiUrl}/tasks/${taskId}/live#key=${live.valet.apiKey}`);
  await page.getByText("You are looking on.").waitFor();
  if (mode === "control") {
    await page.getByRole("button", { name: "Take control" }).click();
    await page.getByText("You are in control.").waitFor();
  }
  return page;
}

/** Whether the picture shows more than now, such as words: a blinking caret has fewer points. */
async function whenShownMore(page: Page): Promise<() => Promise<boolean>> {
  const canvas = page.locator("#screen canvas");
  const before = await canvas.evaluateHandle((shown: HTMLCanvasElement) =>
    shown.getContext("2d")?.getImageData(0, 0, shown.width, shown.height),
  );
  return () =>
    canvas.evaluate((shown: HTMLCanvasElement, then) => {
      const now = shown.getContext("2d")?.getImageData(0, 0, shown.width, shown.height);
      const points = now?.data.filter((value, index) => value !== then?.data[index]).length ?? 0;
      return points > 1_000;
    }, before);
}

test("a person opens the page, takes control, clicks and types through the canvas, and hands back", async () => {
  const task = await live.openTask();
  const page = await openViewer(task.taskId, "control");
  expect(page.url()).toBe(`${live.valet.apiUrl}/tasks/${task.taskId}/live`);
  const problems: string[] = [];
  page.on(
    "console",
    (message) => void (message.type() === "error" && problems.push(message.text())),
  );
  await page.locator("#screen canvas").click();
  await page.keyboard.type("Hello ");
  await page.getByLabel("Type or paste here").fill("Wörld – Łódź, 日本 ");
  await page.getByRole("button", { name: "Type it" }).click();
  await expect.poll(() => page.getByLabel("Type or paste here").inputValue(), patient).toBe("");
  // What was copied elsewhere.
  await page.getByLabel("Type or paste here").evaluate((field) => {
    if (!(field instanceof HTMLTextAreaElement)) return;
    field.focus();
    document.execCommand("insertText", false, "pasted");
  });
  await page.getByRole("button", { name: "Type it" }).click();
  await expect.poll(() => page.getByLabel("Type or paste here").inputValue(), patient).toBe("");
  // By way of the display's own clipboard, and the keys that a person presses for it there.
  await page.getByLabel("Type or paste here").fill(" and copied");
  await page.getByRole("button", { name: "Put it on its clipboard" }).click();
  const isPasted = await whenShownMore(page);
  await page.keyboard.press("Control+KeyV");
  await expect.poll(isPasted, patient).toBe(true);
  await page.getByRole("button", { name: "Hand back" }).click();
  await page.getByText("You are looking on.").waitFor();
  await expect.poll(() => task.value(), patient).toBe("Hello Wörld – Łódź, 日本 pasted and copied");
  expect(problems).toEqual([]);
});

test("who looks on cannot act, and automation may meanwhile", async () => {
  const task = await live.openTask();
  const page = await openViewer(task.taskId, "view");
  await page.locator("#screen canvas").click();
  await page.keyboard.type("nothing");
  expect(await task.value()).toBe("");
  await expect(page.getByRole("button", { name: "Hand back" }).isVisible()).resolves.toBe(false);
});

test("a page that is loaded anew keeps control, and a second window is told that it is taken", async () => {
  const task = await live.openTask();
  const first = await openViewer(task.taskId, "control");
  await first.reload();
  await first.getByText("You are in control.").waitFor();
  const second = await openViewer(task.taskId, "view");
  await second.getByRole("button", { name: "Take control" }).click();
  await second.getByText("Another window controls this browser").waitFor();
  await expect(live.client.takeOverTask(task.taskId, { mode: "control" })).rejects.toMatchObject({
    code: "CONTROL_TAKEN",
  });
  await live.client.releaseTask(task.taskId);
  await first.getByText("Handed back.").waitFor();
  await second.getByRole("button", { name: "Take control" }).click();
  await second.getByText("You are in control.").waitFor();
});

test("on the width of a phone nothing sticks out, and every control has a name", async () => {
  const task = await live.openTask();
  const page = await openViewer(task.taskId, "control");
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  for (const name of ["Hand back", "Type it", "Tab", "Enter", "Backspace", "Escape"]) {
    await page.getByRole("button", { name }).waitFor();
  }
});

test("of 1,000 spent, expired, altered and misplaced tickets none opens anything", async () => {
  const { taskId } = await live.openTask();
  const { url } = await askTicket(taskId, { mode: "view" });
  const spent = await askTicket(taskId, { mode: "view" });
  const expired = await askTicket(taskId, { mode: "view" });
  const good = await askTicket(taskId, { mode: "view" });
  const atOnce = await Promise.all(Array.from({ length: 5 }, () => knock(spent)));
  expect(atOnce.toSorted((one, other) => one - other)).toEqual([101, 401, 401, 401, 401]);
  await live.database.db
    .updateTable("takeoverTickets")
    .set({ expiresAt: new Date(0) })
    .where("usedAt", "is", null)
    .where("ticketHash", "=", await newestButOne())
    .execute();
  const answers = new Map<number, number>();
  for (let count = 0; count < 250; count += 1) {
    const altered = `${good.ticket.slice(0, count % 43)}${flip(good.ticket[count % 43])}${good.ticket.slice((count % 43) + 1)}`;
    for (const status of await Promise.all([
      knock(spent),
      knock(expired),
      knock({ url, ticket: count % 2 === 0 ? altered : randomBytes(32).toString("base64url") }),
      // Listed, but not the page that it was made for.
      knock(good, "https://console.example.com"),
    ])) {
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  }
  expect([...answers]).toEqual([[401, 1_000]]);
  expect(await knock(good, undefined, ["binary"])).toBe(401);
  expect(await knock({ ...good, url: `${url}?ticket=${good.ticket}` }, undefined, ["binary"])).toBe(
    401,
  );
  // And this is what it looks like when one does.
  expect(await knock(good)).toBe(101);
});

/** The hash of the ticket that was made before the last one. */
async function newestButOne(): Promise<string> {
  const rows = await live.database.db
    .selectFrom("takeoverTickets")
    .select("ticketHash")
    .orderBy("createdAt", "desc")
    .limit(2)
    .execute();
  return rows[1]?.ticketHash ?? "";
}

function flip(letter = "A"): string {
  return letter === "A" ? "B" : "A";
}

test("of 30 origins only those that are listed come in", async () => {
  const { taskId } = await live.openTask();
  const own = live.valet.apiUrl;
  const { port } = new URL(own);
  const foreign = [
    "",
    "null",
    "undefined",
    "*",
    "file://",
    "chrome-extension://abcdef",
    "https://example.com",
    "http://console.example.com",
    "https://console.example.com/",
    "https://console.example.com:443",
    "https://console.example.com:8443",
    "https://CONSOLE.example.com",
    "https://console.example.com.evil.test",
    "https://evilconsole.example.com",
    "https://a.console.example.com",
    "https://example.com/console.example.com",
    "https://console.example.com@evil.test",
    "https://console.example.com evil.test",
    "//console.example.com",
    "console.example.com",
    `http://localhost:${port}`,
    `http://[::1]:${port}`,
    `https://127.0.0.1:${port}`,
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    `http://127.0.0.1:${port}/`,
    `http://127.0.0.1:${port}.evil.test`,
    `http://user@127.0.0.1:${port}`,
  ];
  for (const origin of foreign) {
    const ticket = await askTicket(taskId, { mode: "view" });
    expect([origin, await knock(ticket, origin)]).toEqual([origin, 403]);
    if (origin === "" || /[^\x21-\x7e]/.test(origin)) continue;
    const asked = await ask(taskId, origin);
    expect([origin, asked.status]).toEqual([origin, 403]);
  }
  expect(foreign.length + 2).toBe(30);
  expect(await knock(await askTicket(taskId, { mode: "view" }), own)).toBe(101);
  const listed = "https://console.example.com";
  const ticket: LiveTicket = await (await ask(taskId, listed)).json();
  expect(await knock(ticket, listed)).toBe(101);
});

function ask(taskId: string, origin: string): Promise<Response> {
  return fetch(`${live.valet.apiUrl}/tasks/${taskId}/takeover`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${live.valet.apiKey}`,
      "content-type": "application/json",
      origin,
    },
    body: JSON.stringify({ mode: "view" }),
  });
}

test("another person's task, an unknown one and one without a browser are refused", async () => {
  const { taskId } = await live.openTask();
  const { apiKey } = await live.client.createUser({ name: `other-${Date.now()}` });
  const other = createValetClient({ url: live.valet.apiUrl, apiKey });
  for (const mode of ["view", "control"] as const) {
    for (const id of [taskId, "unknown", crypto.randomUUID()]) {
      const refused = { code: "NOT_FOUND" };
      await expect(other.takeOverTask(id, { mode })).rejects.toMatchObject(refused);
      await expect(other.releaseTask(id)).rejects.toMatchObject(refused);
    }
  }
  await live.client.cancelTask(taskId);
  await expect
    .poll(
      () => live.client.takeOverTask(taskId, { mode: "view" }).catch((error) => error.code),
      patient,
    )
    .toBe("SESSION_LOST");
  expect((await live.client.releaseTask(taskId)).id).toBe(taskId);
});

test("the page runs nothing but its own files, and no ticket or key is in any log, event or address", async () => {
  const page = await fetch(`${live.valet.apiUrl}/tasks/anything/live`);
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("script-src 'self';");
  expect(policy).not.toContain("unsafe");
  expect(await page.text()).not.toMatch(/<script(?![^>]*src=)|<style|style=| on\w+=/);

  const { taskId } = await live.openTask();
  const ticket = await askTicket(taskId, { mode: "control" });
  expect(await knock(ticket)).toBe(101);
  expect(await knock(ticket)).toBe(401);
  await live.client.releaseTask(taskId);
  const { events } = await live.client.listEvents(taskId);
  const logs = ["api", "session-host"].map((name) =>
    readFileSync(live.valet.process(name).logFile, "utf8"),
  );
  const everything = [...logs, JSON.stringify(events)].join("\n");
  expect(everything).toContain("a viewer came in");
  expect(everything).toContain("a WebSocket was refused");
  for (const secret of [...tickets, live.valet.apiKey]) expect(everything).not.toContain(secret);
  const stored = JSON.stringify(
    await live.database.db.selectFrom("takeoverTickets").selectAll().execute(),
  );
  for (const one of tickets) expect(stored).not.toContain(one);
});
