import type { ElementHandle } from "playwright";

const actionTimeoutMs = 3_000;
const maxSteps = 400;

interface SliderState {
  readonly now: number;
  readonly min: number;
}

function stateOf(element: Element): SliderState {
  return {
    now: Number(element.getAttribute("aria-valuenow") ?? Number.NaN),
    min: Number(element.getAttribute("aria-valuemin") ?? 0),
  };
}

/** By its keys, as the ARIA pattern has it; its own steps decide how near it comes. */
export async function moveSlider(
  { control, wanted }: { readonly control: ElementHandle<Element>; readonly wanted: string },
  signal: AbortSignal,
): Promise<void> {
  const options = { timeout: actionTimeoutMs, signal };
  await control.focus();
  if (wanted === "") {
    await control.press("Home", options);
    return;
  }
  const target = Number(wanted);
  let { now } = await control.evaluate(stateOf);
  if (Number.isNaN(target) || Number.isNaN(now)) return;
  for (let step = 0; step < maxSteps && now !== target; step += 1) {
    signal.throwIfAborted();
    await control.press(now < target ? "ArrowRight" : "ArrowLeft", options);
    const next = (await control.evaluate(stateOf)).now;
    const isStuck = next === now;
    const isPast = next !== target && next > target === now < target;
    now = next;
    if (isStuck || isPast) return;
  }
}

/** Spin buttons that are no inputs take digits one by one. */
export async function typeDigits(
  { control, text }: { readonly control: ElementHandle<Element>; readonly text: string },
  signal: AbortSignal,
): Promise<void> {
  const options = { timeout: actionTimeoutMs, signal };
  await control.focus();
  if (text === "") {
    await control.press("Backspace", options);
    await control.press("Delete", options);
    return;
  }
  await control.type(text, options);
}
