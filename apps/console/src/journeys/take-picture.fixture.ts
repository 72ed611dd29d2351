import { fileURLToPath } from "node:url";
import type { Page } from "playwright";

/** Set, the journeys also renew the pictures of the console in `docs/images`. */
const isWanted = process.env["VALET_CONSOLE_PICTURES"] !== undefined;
const folder = fileURLToPath(new URL("../../../../docs/images/", import.meta.url));

/** Of the upper part of the window, as high as is said. */
export async function takePicture(page: Page, name: string, height = 760): Promise<void> {
  if (!isWanted) return;
  const width = page.viewportSize()?.width ?? 0;
  const path = `${folder}console-${name}.png`;
  await page.screenshot({ path, animations: "disabled", clip: { x: 0, y: 0, width, height } });
}
