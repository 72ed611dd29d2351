import { ValetError } from "@valet/contracts";
import type { Frame, Page } from "playwright";
import { type Box, readShown as readFrameShown } from "../page-script/read-shown.ts";
import { inEveryFrame } from "./in-every-frame.ts";

export interface ShownWords {
  readonly text: string;
  readonly boxes: readonly Box[];
}

/** What the page's view shows, in CSS pixels of the main frame's view. */
export interface ShownPage {
  /** Everything that shows what it holds, or whether it is chosen, set or not. */
  readonly controls: readonly Box[];
  /** Texts frame by frame, in the order of the document. */
  readonly words: readonly (readonly ShownWords[])[];
  /** Whether it is on its way to look otherwise. */
  readonly isMoving: boolean;
}

/**
 * Where the page shows controls and words now.
 *
 * @throws when a frame does not say what it shows, or shows more than can be looked through.
 */
export async function readShown(page: Page, signal: AbortSignal): Promise<ShownPage> {
  const frames = await inEveryFrame(page, { script: readFrameShown, arg: null }, signal);
  const placed = await Promise.all(
    frames.map(async ({ frame, result }) => {
      if (result.isPartial) throw tooMuch();
      const place = await placeOf(page, frame);
      if (place === undefined) return { controls: [], words: [] };
      // Turned or scaled, nothing in it can be found from outside: it is one box as a whole.
      if (place.kind === "bent") return { controls: [place.box], words: [] };
      const move = (box: Box): Box => ({ ...box, x: box.x + place.x, y: box.y + place.y });
      return {
        controls: result.controls.map((box) => move(box)),
        words: result.words.map(({ text, boxes }) => ({
          text,
          boxes: boxes.map((box) => move(box)),
        })),
      };
    }),
  );
  return {
    controls: placed.flatMap(({ controls }) => controls),
    words: placed.map(({ words }) => words),
    isMoving: frames.some(({ result }) => result.isMoving),
  };
}

type Place =
  | { readonly kind: "straight"; readonly x: number; readonly y: number }
  | { readonly kind: "bent"; readonly box: Box };

/** Where a frame's view begins in the main one; undefined where it is not drawn. */
async function placeOf(page: Page, frame: Frame): Promise<Place | undefined> {
  let place = { x: 0, y: 0 };
  for (let inner = frame; inner !== page.mainFrame();) {
    const outer = inner.parentFrame();
    if (outer === null) return undefined;
    const element = await inner.frameElement();
    const drawn = await element.evaluate((box) => {
      if (!(box instanceof HTMLElement)) return null;
      const { x, y, width, height } = box.getBoundingClientRect();
      const style = getComputedStyle(box);
      const isStraight =
        Math.abs(width - box.offsetWidth) < 1 && Math.abs(height - box.offsetHeight) < 1;
      return {
        box: { x, y, width, height },
        left: box.clientLeft + parseFloat(style.paddingLeft),
        top: box.clientTop + parseFloat(style.paddingTop),
        isStraight,
      };
    });
    if (drawn === null) return undefined;
    if (!drawn.isStraight) {
      const around = await placeOf(page, outer);
      if (around?.kind !== "straight") return around;
      const { box } = drawn;
      return { kind: "bent", box: { ...box, x: box.x + around.x, y: box.y + around.y } };
    }
    place = { x: place.x + drawn.box.x + drawn.left, y: place.y + drawn.box.y + drawn.top };
    inner = outer;
  }
  return { kind: "straight", ...place };
}

function tooMuch(): ValetError {
  return new ValetError(
    "TIMEOUT",
    "The page shows more words than can be looked through for what is private, so no picture of it was taken. Valet goes on without a model.",
  );
}
