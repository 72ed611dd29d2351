import type { TestValet } from "@valet/testkit";
import { type Locator, type Page, chromium } from "playwright";
import { z } from "zod";

const Sessions = z.object({
  sessions: z.array(
    z.object({ sessionId: z.string(), taskId: z.string(), userId: z.string(), state: z.string() }),
  ),
});
const Grant = z.object({ relayUrl: z.string() });

/** A point of a display, which shows the browser's window with its bars. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What a person sees on the picture of a display; a test looks it up on the page itself. */
export interface SeenCaptcha {
  readonly letters: string;
  /** The middle of the field for them. */
  readonly field: Place;
}

export function seeCaptcha(valet: TestValet, taskId: string): Promise<SeenCaptcha> {
  return lookAtPage(valet, taskId, async (page) => {
    const picture = await page.getByAltText("Captcha").getAttribute("src");
    const drawn = Buffer.from(picture?.split(",")[1] ?? "", "base64").toString();
    const field = page.getByLabel("Type the letters");
    await field.scrollIntoViewIfNeeded();
    return { letters: />([A-Z]{5})</u.exec(drawn)?.[1] ?? "", field: await placeOf(field) };
  });
}

/** Where the button that sends is, and a field near it. */
export function seeSubmit(
  valet: TestValet,
  taskId: string,
  label: RegExp,
): Promise<{ readonly submit: Place; readonly field: Place }> {
  return lookAtPage(valet, taskId, async (page) => {
    const submit = page.getByRole("button", { name: /submit/iu });
    await submit.scrollIntoViewIfNeeded();
    return { submit: await placeOf(submit), field: await placeOf(page.getByLabel(label)) };
  });
}

/** Looks at the page of an application, as nobody but its worker could, and lets go. Tests only. */
async function lookAtPage<Seen>(
  { sessionHost: { url, token } }: TestValet,
  taskId: string,
  see: (page: Page) => Promise<Seen>,
): Promise<Seen> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const listed = await fetch(`${url}/sessions`, { headers });
  const session = Sessions.parse(await listed.json()).sessions.find(
    (one) => one.taskId === taskId && one.state === "live",
  );
  if (session === undefined) throw new Error("The application has no live browser.");
  const { sessionId, userId } = session;
  const attached = await fetch(`${url}/sessions/${sessionId}/attach`, {
    method: "POST",
    headers,
    body: JSON.stringify({ owner: "test", taskId, userId }),
  });
  const { relayUrl } = Grant.parse(await attached.json());
  const browser = await chromium.connectOverCDP(relayUrl.replace(/^http/u, "ws"));
  try {
    const page = browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error("The browser has no page.");
    return await see(page);
  } finally {
    await browser.close();
  }
}

/** The middle of what is in sight. */
function placeOf(shown: Locator): Promise<Place> {
  return shown.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const bars = window.outerHeight - window.innerHeight;
    return { x: window.screenX + left + width / 2, y: window.screenY + bars + top + height / 2 };
  });
}

/** Clicks through the picture of the display. */
export async function clickOnDisplay(page: Page, { x, y }: Place): Promise<void> {
  const canvas = page.locator(".live-place canvas");
  const scale = await canvas.evaluate(
    (shown: HTMLCanvasElement) => shown.getBoundingClientRect().width / shown.width,
  );
  await canvas.click({ position: { x: x * scale, y: y * scale } });
}

/** How many pictures show anything: a canvas that was never drawn on is of one colour. */
export function countDrawn(page: Page): Promise<number> {
  return page.locator(".live-place canvas").evaluateAll((canvases) => {
    const drawn = canvases.filter((canvas) => {
      // Before its first picture it has no size.
      if (!(canvas instanceof HTMLCanvasElement) || canvas.width * canvas.height === 0)
        return false;
      const shown = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
      return new Set(new Uint32Array(shown?.buffer ?? new ArrayBuffer(0))).size > 8;
    });
    return drawn.length;
  });
}
