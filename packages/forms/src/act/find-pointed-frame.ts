import type { Frame, Page } from "playwright";
import type { Pointer } from "./small-action.ts";

/** The frame that a pointer of the whole page leads into, and where in it. */
export async function findPointedFrame(
  page: Page,
  at: Pointer,
  signal: AbortSignal,
): Promise<{ readonly frame: Frame; readonly at: Pointer } | undefined> {
  signal.throwIfAborted();
  return "xpath" in at ? byPath(page.mainFrame(), at.xpath) : byPlace(page.mainFrame(), at);
}

/** Paths go through a frame by its element, as in `…/iframe[1]/html[1]/…`. */
async function byPath(
  frame: Frame,
  xpath: string,
): Promise<{ readonly frame: Frame; readonly at: Pointer } | undefined> {
  const parts = /^(.*?\/i?frame(?:\[\d+\])?)(\/.+)$/u.exec(xpath.replace(/^xpath=/u, ""));
  const [, outer, inner] = parts ?? [];
  if (outer === undefined || inner === undefined) return { frame, at: { xpath } };
  const element = await frame.$(`xpath=${outer}`);
  const child = await element?.contentFrame();
  return child ? byPath(child, inner) : undefined;
}

async function byPlace(
  frame: Frame,
  { x, y }: { readonly x: number; readonly y: number },
): Promise<{ readonly frame: Frame; readonly at: Pointer } | undefined> {
  for (const child of frame.childFrames()) {
    const element = await child.frameElement().catch(() => undefined);
    const box = await element?.evaluate((one) => {
      if (!(one instanceof Element)) return null;
      const { left, top, right, bottom } = one.getBoundingClientRect();
      return { left: left + one.clientLeft, top: top + one.clientTop, right, bottom };
    });
    if (!box || x < box.left || x >= box.right || y < box.top || y >= box.bottom) continue;
    return byPlace(child, { x: x - box.left, y: y - box.top });
  }
  return { frame, at: { x, y } };
}
