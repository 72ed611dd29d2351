import type { Pointer, SmallAction } from "@valet/forms";
import type { FieldToHelp } from "./engine.ts";
import type { PointQuestion } from "./pointing-agent.ts";

const kinds = "text, a choice, a day or a file";

/** What is asked, in words of ours. It names the field and no value, and no options: one of them may be a value. */
export function questionInWords({ about, field, done }: PointQuestion): string {
  const named = `the form field ${nameOf(field)}`;
  if (about === "locate") {
    return `Find the one control of ${named}: what a person would click or type into to give it ${kinds}. Neither its label nor a button that sends, saves or leaves the form.`;
  }
  if (about === "extract") {
    return `Find the one element that shows what ${named} holds. The value itself is blanked; its place is enough.`;
  }
  return `Find the one element for the next small step on ${named}. ${doneInWords(done)} The steps are: a click that opens or reveals what takes the value; typing where the value is typed; picking any one entry of a list of this field that is open. Which entry is the value, and what is typed, is decided elsewhere. Never a button that sends, saves or leaves the form, and nothing of another field.`;
}

function nameOf({ label, kind, section }: FieldToHelp): string {
  const where = section === undefined ? "" : ` in the section ${JSON.stringify(section)}`;
  return `${JSON.stringify(label)} (${kind})${where}`;
}

function doneInWords(done: readonly SmallAction[]): string {
  if (done.length === 0) return "Nothing was done yet.";
  const past = { click: "clicked", type: "typed", pick: "picked" } as const;
  const steps = done.map((step) => `${past[step.do]} at ${placeOf(step.at)}`);
  return `Done so far: ${steps.join("; ")}.`;
}

function placeOf(at: Pointer): string {
  return "xpath" in at ? at.xpath : `${Math.round(at.x)},${Math.round(at.y)}`;
}
