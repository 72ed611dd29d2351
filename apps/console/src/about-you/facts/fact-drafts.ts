import { type Draft, createDrafts, isSame } from "../../app/drafts.ts";
import type { FactValues } from "./fact-values.ts";

/** By the name of their group. */
export const factDrafts = createDrafts<FactValues>();

type Part<T> = (values: FactValues) => T;

/** Made part by part: of the fields each, of what has rows all of them. */
function eachPart(
  { fields }: FactValues,
  choose: <T>(part: Part<T>, name: string) => T,
): FactValues {
  return {
    fields: Object.fromEntries(
      Object.keys(fields).map((name) => [name, choose((of) => of.fields[name] ?? "", name)]),
    ),
    permits: choose((of) => of.permits, "permits"),
    citizenships: choose((of) => of.citizenships, "citizenships"),
    saysLists: choose((of) => of.saysLists, "saysLists"),
    completeLists: choose((of) => of.completeLists, "completeLists"),
  };
}

/** What is saved now, and over it what was typed: what was saved elsewhere meanwhile stays. */
export function withDraft(saved: FactValues, draft: Draft<FactValues> | undefined): FactValues {
  if (draft === undefined) return saved;
  const { typed, savedThen } = draft;
  return eachPart(saved, (part) =>
    isSame(part(typed), part(savedThen)) ? part(saved) : part(typed),
  );
}

/** Undefined where nothing is left to save. */
export function draftOf(
  typed: FactValues,
  saved: FactValues,
  before: Draft<FactValues> | undefined,
): Draft<FactValues> | undefined {
  if (isSame(typed, saved)) return undefined;
  const savedThen = eachPart(saved, (part) => {
    const isBegun = before !== undefined && !isSame(part(before.typed), part(before.savedThen));
    return isBegun && !isSame(part(typed), part(saved)) ? part(before.savedThen) : part(saved);
  });
  return { typed, savedThen };
}

/** What was typed after `sent` was sent, which is saved now. */
export function typedSince(
  typed: FactValues,
  sent: FactValues,
  saved: FactValues,
): Draft<FactValues> | undefined {
  const still = eachPart(saved, (part) =>
    isSame(part(typed), part(sent)) ? part(saved) : part(typed),
  );
  return draftOf(still, saved, undefined);
}

/** Parts that were changed here, and then saved as something else elsewhere. */
export function overtakenParts(
  saved: FactValues,
  draft: Draft<FactValues> | undefined,
): readonly string[] {
  if (draft === undefined) return [];
  const { typed, savedThen } = draft;
  const names: string[] = [];
  eachPart(saved, (part, name) => {
    const isTyped = !isSame(part(typed), part(savedThen)) && !isSame(part(typed), part(saved));
    if (isTyped && !isSame(part(savedThen), part(saved))) names.push(name);
    return part(saved);
  });
  return names;
}
