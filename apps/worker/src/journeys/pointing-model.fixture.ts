import {
  type ModelReply,
  type ModelRequest,
  type ScriptedModel,
  openScriptedModel,
} from "@valet/testkit";
import { PNG } from "pngjs";

/** Who asks: an engine by its way of asking, or Valet itself about what fields mean. */
export type Asker = "stagehand" | "magnitude" | "valet";

export interface PointingModel extends ScriptedModel {
  /** Who has asked, in order. */
  readonly askers: () => readonly Asker[];
  /** From now on these get no answer. */
  readonly letFail: (...askers: Asker[]) => void;
}

/** As the practice site paints its odd list and the entries of it. */
const colours = { box: [231, 240, 250], entry: [255, 246, 219] } as const;

/**
 * A model that knows one thing: how the odd list of the practice site is worked. It reads the tree that
 * Stagehand sends and looks at the pixels that Magnitude sends, and knows of fields what they mean: nothing.
 */
export async function openPointingModel(): Promise<PointingModel> {
  const askers: Asker[] = [];
  let failing: readonly Asker[] = [];
  const model = await openScriptedModel((request) => {
    const asker = askerOf(request);
    askers.push(asker);
    if (failing.includes(asker)) return { kind: "status", status: 400 };
    if (asker === "stagehand") return pointInTree(request);
    return asker === "magnitude"
      ? pointInPicture(request)
      : { kind: "tool", input: { fields: [] } };
  });
  return {
    ...model,
    askers: () => askers,
    letFail: (...some) => {
      failing = some;
    },
  };
}

function askerOf({ images, texts, system }: ModelRequest): Asker {
  if (images.length > 0) return "magnitude";
  return /\[\d+-\d+\]/u.test(`${system}${texts.join("")}`) ? "stagehand" : "valet";
}

function pointInTree({ texts }: ModelRequest): ModelReply {
  const lines = texts.join("\n").split("\n");
  const entry = lines.find((line) => /\] \w+: (None|2 weeks)$/u.test(line));
  const box = lines.find((line) => /\] \w+: Choose…/u.test(line));
  const [, elementId] = /\[(\d+-\d+)\]/u.exec(entry ?? box ?? "") ?? [];
  const method = entry === undefined ? "click" : "selectOptionFromDropdown";
  const element = { elementId, description: "It.", method, arguments: [] };
  return { kind: "tool", input: { elements: elementId === undefined ? [] : [element] } };
}

function pointInPicture({ images }: ModelRequest): ModelReply {
  const picture = PNG.sync.read(Buffer.from(images[0]?.base64 ?? "", "base64"));
  const entry = firstOf(picture, colours.entry);
  const at = entry ?? firstOf(picture, colours.box);
  const variant = at === undefined ? "nothing" : entry === undefined ? "click" : "pick";
  const text = JSON.stringify({ reasoning: "Seen.", actions: [{ variant, ...at }] });
  return { kind: "text", text, stopReason: "end_turn" };
}

/** A place a little inside of the first patch of a colour. */
function firstOf(
  { width, height, data }: PNG,
  [red, green, blue]: readonly [number, number, number],
): { readonly x: number; readonly y: number } | undefined {
  for (let index = 0; index < width * height; index += 1) {
    const at = index * 4;
    if (data[at] !== red || data[at + 1] !== green || data[at + 2] !== blue) continue;
    return { x: (index % width) + 12, y: Math.floor(index / width) + 6 };
  }
  return undefined;
}
