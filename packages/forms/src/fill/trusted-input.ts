import type { ElementHandle, Frame } from "playwright";

const clickTimeoutMs = 2_000;

const typingStartMs = 3_000;
/** A form that draws itself anew on each key takes this long for one where the machine has much to do. */
const keyMs = 250;

/** How long typing a text key by key may take, in milliseconds. */
export function typingLimitMs(text: string): number {
  return typingStartMs + keyMs * text.length;
}

/** A real click; where the page never lets the pointer through, the events that one would have made. */
export async function clickAsPerson(
  target: ElementHandle<Element>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await target.click({ timeout: clickTimeoutMs, signal });
  } catch {
    signal.throwIfAborted();
    await target.evaluate((element) => {
      const events = ["pointerdown", "mousedown", "pointerup", "mouseup"];
      for (const type of events) {
        const Kind = type.startsWith("pointer") ? PointerEvent : MouseEvent;
        element.dispatchEvent(new Kind(type, { bubbles: true, cancelable: true, composed: true }));
      }
      if (element instanceof HTMLElement) element.click();
    });
  }
}

/** Enter takes a word into a widget; where the widget lets it through it would send the form. */
export async function withoutSubmitting(frame: Frame, press: () => Promise<void>): Promise<void> {
  const guard = await frame.evaluateHandle(() => {
    const refuse = (event: Event): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener("submit", refuse, { capture: true });
    return () => window.removeEventListener("submit", refuse, { capture: true });
  });
  try {
    await press();
  } finally {
    await guard.evaluate((release) => release()).catch(() => undefined);
    await guard.dispose();
  }
}
