import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FormField } from "@valet/contracts";
import { z } from "zod";
import type { ScoreCase, ScoreDeps, ScoreInput, SetScore } from "./form-score.ts";
import { markElements, marksMatching, readMarked } from "./found-meanings.ts";
import { readingConcurrently } from "./read-concurrently.ts";

const set = "ats-real-pages";
const Label = z.object({
  sel: z.string(),
  kind: z.string(),
  meaning: z.string(),
  required: z.boolean().optional(),
  policy: z.string().optional(),
});
type Label = z.infer<typeof Label>;
const LabelledPage = z.object({
  fields: z.array(Label).default([]),
  neverFill: z.array(z.string()).default([]),
});

interface Judged {
  readonly label: Label;
  readonly field: FormField | undefined;
  readonly where: string;
}

/** Fields of captured application pages: found, of the right kind, understood; traps left alone. */
export async function scoreAtsPages(
  deps: ScoreDeps,
  { corpora }: ScoreInput,
  signal: AbortSignal,
): Promise<SetScore> {
  const folder = join(corpora, set);
  const labels = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(await readFile(join(folder, "labels.json"), "utf8")));
  const files = Object.keys(labels).filter((name) => !name.startsWith("_"));
  const judged = await readingConcurrently(deps, { files, folder }, async ({ page, file }) => {
    const { fields, neverFill } = LabelledPage.parse(labels[file]);
    const traps = neverFill.map((text) => ({
      sel: text.replace(/\s+\(.*$/u, ""),
      kind: "trap",
      meaning: "honeypot",
      policy: "never-fill",
    }));
    const scored = [...fields, ...traps].filter(
      ({ kind }) => kind !== "repeat-add" && kind !== "next",
    );
    const selectors = scored.map(({ sel }) => sel);
    if (selectors.length === 0) return [];
    await markElements(page, { selector: selectors.join(", "), attribute: "id" });
    const [found, named] = await Promise.all([
      readMarked(page, signal),
      marksMatching(page, selectors),
    ]);
    return scored.map((label, index): Judged => {
      const own = found.filter(({ mark }) => named[index]?.includes(mark));
      const entries = label.policy === "never-fill" ? own : own.slice(0, 1);
      const field = entries.find(({ field }) => field.policy !== "never")?.field ?? own[0]?.field;
      return { label, field, where: `${file} ${label.sel}` };
    });
  });
  const isTrap = ({ label }: Judged): boolean => label.policy === "never-fill";
  const traps = judged.filter(isTrap);
  const wanted = judged.filter((one) => !isTrap(one));
  const read = wanted.filter(({ field }) => field !== undefined);
  const rightKind = wanted.filter(({ label, field }) => field?.kind === kindOf(label));
  const right = wanted.filter(({ label, field }) =>
    meaningsOf(label).includes(field?.meaning ?? ""),
  );
  const filled = traps.filter(({ field }) => field !== undefined && field.policy !== "never");
  const share = (part: readonly Judged[]): number =>
    wanted.length === 0 ? 0 : Math.round((part.length * 10_000) / wanted.length) / 10_000;
  const least = (what: string, value: number, floor: number) =>
    ({ what: `${set} ${what}`, value, unit: "ratio", floor, bound: "least" }) as const;
  return {
    rows: [
      least("fields found", share(read), 1),
      least("kind", share(rightKind), 0.97),
      least("meaning", share(right), 0.96),
      { what: `${set} traps filled`, value: filled.length, unit: "count", floor: 0, bound: "most" },
    ],
    cases: [
      ...filled.map((one) => toCase(one, "never")),
      ...wanted
        .filter((one) => !rightKind.includes(one) || !right.includes(one))
        .map((one) => toCase(one, `${kindOf(one.label)} ${meaningsOf(one.label).join(" or ")}`)),
    ],
  };
}

function toCase({ field, where }: Judged, expected: string): ScoreCase {
  const found =
    field === undefined
      ? "not read"
      : `${field.kind} ${field.meaning} ${field.policy} (${field.why})`;
  return { set, where, expected, found };
}

function kindOf({ kind }: Label): string {
  if (kind === "radio") return "radio-group";
  return kind === "combobox-async" || kind.startsWith("selectinput-") ? "combobox" : kind;
}

function meaningsOf({ meaning }: Label): string[] {
  if (meaning.startsWith("custom.") || meaning === "accommodation") return ["question", meaning];
  return [meaning.replace(/\.file$/u, "")];
}
