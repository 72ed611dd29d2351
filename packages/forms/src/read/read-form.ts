import { setTimeout as delay } from "node:timers/promises";
import type { Frame, Page } from "playwright";
import { readControls } from "../page-script/read-controls.ts";
import { runInFrame } from "../page-script/page-script.ts";
import { isNavigating, pollUntil } from "../page-script/poll-until.ts";
import { type BuiltField, buildFields } from "./build-fields.ts";
import { type FormSending, chooseApplicationForm } from "./choose-application-form.ts";
import { type FormPage, layoutSignature, originAndPath } from "./form-page.ts";
import { revealClosedRoots } from "./reveal-closed-roots.ts";
import { frameAddresses, readableFrames } from "./readable-frames.ts";
import type { RawFrame } from "./raw-page.ts";

/** A reading with the facts that the published form leaves out. */
export interface FormReading {
  readonly form: FormPage;
  readonly frames: readonly RawFrame[];
  readonly sending: FormSending;
  /** Fields that would not be sent with the form. */
  readonly outside: readonly string[];
  /** Fields the page marks as wrong. */
  readonly invalid: readonly string[];
  /** Fields the browser's own validation would refuse. */
  readonly blocked: readonly string[];
}

const navigationTimeoutMs = 15_000;
const childFrameLimitMs = 3_000;

/** Reads the application form of a page as it stands. Changes nothing; a page without one has no buttons. */
export async function readForm(page: Page, signal: AbortSignal): Promise<FormPage> {
  const { form } = await readFormState(page, signal);
  return form;
}

/** Like `readForm`; a page that is just being replaced is read once the new one is there. */
export async function readFormState(page: Page, signal: AbortSignal): Promise<FormReading> {
  const reading = await pollUntil(() => tryReadFormState(page, signal), {
    timeoutMs: navigationTimeoutMs,
    signal,
  });
  return reading ?? toReading(await readFrames(page, signal));
}

/** Undefined while the page is between two documents. */
export async function tryReadFormState(
  page: Page,
  signal: AbortSignal,
): Promise<FormReading | undefined> {
  try {
    return toReading(await readFrames(page, signal));
  } catch (thrown) {
    if (isNavigating(thrown)) return undefined;
    throw thrown;
  }
}

async function readFrames(page: Page, signal: AbortSignal): Promise<RawFrame[]> {
  const frames = await readEach(page, signal);
  const hidden = frames.reduce((sum, { closedHosts }) => sum + closedHosts, 0);
  if (hidden === 0) return frames;
  // A browser that does not let itself be asked leaves closed roots closed.
  const revealed = await revealClosedRoots(page).catch(() => 0);
  return revealed === 0 ? frames : readEach(page, signal);
}

async function readEach(page: Page, signal: AbortSignal): Promise<RawFrame[]> {
  const frames = readableFrames(page);
  const addresses = frameAddresses(frames.map((frame) => frame.url()));
  const readings = await Promise.all(
    frames.map(async (frame, index) => {
      const isMain = frame === page.mainFrame();
      const reading = await (isMain ? readFrame(frame, signal) : readChildFrame(frame, signal));
      return reading && { ...reading, address: addresses[index] ?? reading.address };
    }),
  );
  return readings.filter((reading) => reading !== undefined);
}

function readFrame(frame: Frame, signal: AbortSignal): Promise<RawFrame> {
  return runInFrame(frame, { script: readControls, arg: null }, signal);
}

/** A child frame may vanish or hang at any time; the page goes on without it. */
async function readChildFrame(frame: Frame, signal: AbortSignal): Promise<RawFrame | undefined> {
  const patience = new AbortController();
  try {
    const read = async (): Promise<RawFrame> => {
      const [shown, reading] = await Promise.all([isFrameShown(frame), readFrame(frame, signal)]);
      return { ...reading, shown };
    };
    const limit = delay(childFrameLimitMs, undefined, { signal: patience.signal });
    return await Promise.race([read(), limit]);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return undefined;
  } finally {
    patience.abort();
  }
}

async function isFrameShown(frame: Frame): Promise<boolean> {
  const element = await frame.frameElement();
  return element.evaluate((box) => {
    if (!(box instanceof Element)) return false;
    const { width, height } = box.getBoundingClientRect();
    return box.checkVisibility({ visibilityProperty: true }) && width > 20 && height > 20;
  });
}

function toReading(frames: readonly RawFrame[]): FormReading {
  const built = buildFields(frames);
  const { fields, buttons, sending, outside } = chooseApplicationForm({ frames, built });
  const main = frames[0];
  const form = {
    url: originAndPath(main?.url ?? ""),
    title: main?.title ?? "",
    signature: layoutSignature({ fields, buttons }),
    fields,
    target: sending.target,
    buttons,
    alerts: frames.reduce((sum, { alerts }) => sum + alerts.length, 0),
  };
  return {
    form,
    frames,
    sending,
    outside,
    invalid: idsOf(built, ({ raw, field }) => raw.invalid && field.visible),
    blocked: idsOf(built, ({ raw, field }) => raw.blocked && field.visible),
  };
}

function idsOf(built: readonly BuiltField[], isWanted: (built: BuiltField) => boolean): string[] {
  return built.filter(isWanted).map(({ field }) => field.id);
}
