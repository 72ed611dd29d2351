import type { FieldValue, FormField } from "@valet/contracts";

/** Why a field does not hold what was wanted. */
export type FillProblem =
  | "missing"
  | "disabled"
  | "too_long"
  | "no_such_option"
  /** Its list shows nothing that could be read as a choice. */
  | "shows_no_options"
  /** The control offers no way to take a choice back. */
  | "not_clearable"
  | "not_reachable"
  | "value_cleared"
  | "value_changed"
  | "file_changed"
  | "file_not_taken";

export interface FillReport {
  readonly fields: {
    readonly id: string;
    readonly ok: boolean;
    /** 0 when the page already held the value. */
    readonly attempts: number;
    readonly problem?: FillProblem;
    /** What became of the recipe that was tried; absent without one, or where none was needed. */
    readonly recipe?: "held" | "failed";
  }[];
}

/** A field on its way to its value. */
export interface FillJob {
  readonly field: FormField;
  readonly value: FieldValue;
  /** The value in the form's own notation, where that differs: a day as its hint writes it. */
  written: FieldValue;
  attempts: number;
  ok: boolean;
  problem: FillProblem | null;
  /** What the page held when it was last looked at. */
  held: FieldValue | null;
  /** How the field writes the parts of a day, where that is known. */
  dayOrder: "dmy" | "mdy" | null;
  /** The option of a combobox that was taken for the wanted wording. */
  chosen: string | null;
  recipe: "held" | "failed" | null;
}

/** The list lacks the choice, and will lack it the next time too. */
export function lacksChoice({ problem }: { readonly problem?: FillProblem | null }): boolean {
  return problem === "no_such_option" || problem === "shows_no_options";
}

/** What is in the way even before the value can be compared. */
export function isHopeless({ problem }: FillJob): boolean {
  return problem === "missing" || problem === "disabled" || problem === "too_long";
}
