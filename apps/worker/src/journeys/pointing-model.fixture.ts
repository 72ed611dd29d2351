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

/** As the practice site paints the entries of its odd list, and as pictures for models paint every control. */
const colours = { entry: [255, 246, 219], control: [154, 154, 154] } as const;

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
    return asker === "magnitude" ? pointInPicture(request) : answerValet(request);
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

/** Of fields it knows nothing; to what people are asked it has a sentence. */
function answerValet({ system }: ModelRequest): ModelReply {
  if (!system.startsWith("You draft answers")) return { kind: "tool", input: { fields: [] } };
  const sentences = ["I have worked for {{yearsOfExperience}} years.", "I am a genius."];
  return { kind: "tool", input: { drafts: [{ question: 0, sentences }] } };
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
  const entry = lowestBar(picture, colours.entry);
  // Of all controls on its page the odd list is the lowest wide one.
  const at = entry ?? lowestBar(picture, colours.control);
  const variant = at === undefined ? "nothing" : entry === undefined ? "click" : "pick";
  const text = JSON.stringify({ reasoning: "Seen.", actions: [{ variant, ...at }] });
  return { kind: "text", text, stopReason: "end_turn" };
}

/** A place in the lowest bar of a colour, as wide as a line of the form. */
function lowestBar(
  { width, height, data }: PNG,
  [red, green, blue]: readonly [number, number, number],
): { readonly x: number; readonly y: number } | undefined {
  const wide = 200;
  for (let y = height - 1; y >= 0; y -= 1) {
    let run = 0;
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      run = data[at] === red && data[at + 1] === green && data[at + 2] === blue ? run + 1 : 0;
      if (run === wide) return { x: x - wide / 2, y: y - 10 };
    }
  }
  return undefined;
}
