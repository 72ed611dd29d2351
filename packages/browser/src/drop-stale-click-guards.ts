import type { BrowserContext, Frame, Page } from "playwright";

/**
 * While it clicks, Playwright (1.65) has a listener of its own on the window that swallows what would hit
 * something else, and for a trial everything. A driver that is cut off in between leaves it there, and from
 * then on the page takes no click of anybody, not even a person's. Call before this connection has clicked.
 */
export async function dropStaleClickGuards(context: BrowserContext, page: Page): Promise<void> {
  const frames = page.frames();
  await Promise.all(frames.map((frame, index) => dropIn(context, index === 0 ? page : frame)));
}

const worldOfDrivers = "__playwright_utility_world";
const guarded: ReadonlySet<string> = new Set([
  "auxclick",
  "click",
  "dblclick",
  "mousedown",
  "mousemove",
  "mouseup",
  "pointerdown",
  "pointerup",
]);
const objectGroup = "stale-click-guards";

async function dropIn(context: BrowserContext, target: Page | Frame): Promise<void> {
  // A frame of the page's own process has no session of its own, and one may go at any time.
  const session = await context.newCDPSession(target).catch(() => undefined);
  if (session === undefined) return;
  try {
    const worlds: string[] = [];
    session.on("Runtime.executionContextCreated", ({ context: { name, uniqueId } }) => {
      if (name.startsWith(worldOfDrivers)) worlds.push(uniqueId);
    });
    await session.send("Runtime.enable");
    for (const uniqueContextId of worlds) {
      const { result: window } = await session.send("Runtime.evaluate", {
        expression: "window",
        uniqueContextId,
        objectGroup,
      });
      const { objectId } = window;
      if (objectId === undefined) continue;
      const { listeners } = await session.send("DOMDebugger.getEventListeners", { objectId });
      for (const { type, useCapture, handler } of listeners) {
        if (!guarded.has(type) || !useCapture || handler?.objectId === undefined) continue;
        await session.send("Runtime.callFunctionOn", {
          objectId,
          functionDeclaration:
            "function (type, guard) { this.removeEventListener(type, guard, true); }",
          arguments: [{ value: type }, { objectId: handler.objectId }],
        });
      }
    }
    await session.send("Runtime.releaseObjectGroup", { objectGroup });
  } catch {
    // Best effort: a page that is just leaving takes its listeners with it.
  } finally {
    await session.detach().catch(() => undefined);
  }
}
