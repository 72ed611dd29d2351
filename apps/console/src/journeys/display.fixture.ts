import type { TestValet } from "@valet/testkit";
import { type Page, chromium } from "playwright";
import { z } from "zod";

const Sessions = z.object({
  sessions: z.array(
    z.object({ sessionId: z.string(), taskId: z.string(), userId: z.string(), state: z.string() }),
  ),
});
const Grant = z.object({ relayUrl: z.string() });

/** What a person sees on the picture of a display; a test looks it up on the page itself. */
export interface SeenCaptcha {
  readonly letters: string;
  /** The middle of the field for them, on the display with its bars. */
  readonly field: { readonly x: number; readonly y: number };
}

/** Looks at the captcha in an application's browser, as nobody but its worker could, and lets go. Tests only. */
export async function seeCaptcha(
  { sessionHost: { url, token } }: TestValet,
  taskId: string,
): Promise<SeenCaptcha> {
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
    const picture = await page.getByAltText("Captcha").getAttribute("src");
    const drawn = Buffer.from(picture?.split(",")[1] ?? "", "base64").toString();
    const field = page.getByLabel("Type the letters");
    await field.scrollIntoViewIfNeeded();
    return {
      letters: />([A-Z]{5})</u.exec(drawn)?.[1] ?? "",
      field: await field.evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect();
        const bars = window.outerHeight - window.innerHeight;
        return {
          x: window.screenX + left + width / 2,
          y: window.screenY + bars + top + height / 2,
        };
      }),
    };
  } finally {
    await browser.close();
  }
}

/** Clicks through the picture of the display. */
export async function clickOnDisplay(page: Page, { x, y }: SeenCaptcha["field"]): Promise<void> {
  const canvas = page.locator(".live-place canvas");
  const scale = await canvas.evaluate(
    (shown: HTMLCanvasElement) => shown.getBoundingClientRect().width / shown.width,
  );
  await canvas.click({ position: { x: x * scale, y: y * scale } });
}

/** Whether the picture shows anything: a canvas that was never drawn on is of one colour. */
export function isDrawn(page: Page): Promise<boolean> {
  return page
    .locator(".live-place canvas")
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      // Before its first picture it has no size.
      if (canvas.width === 0 || canvas.height === 0) return false;
      const shown = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
      return new Set(new Uint32Array(shown?.buffer ?? new ArrayBuffer(0))).size > 8;
    });
}
