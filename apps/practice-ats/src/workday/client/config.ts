import type { FormField } from "../../form-field.ts";
import type { RowList, WorkdayStep } from "../workday-form.ts";
import type { WorkdayWord } from "../workday-words.ts";

/** What the server tells the page about one posting. */
export interface FlowConfig {
  readonly title: string;
  /** Address of the posting's calls, without its last segment. */
  readonly api: string;
  /** Sent along with each call, with its question mark. */
  readonly query: string;
  readonly steps: readonly WorkdayStep[];
  readonly rowLists: readonly RowList[];
  readonly sourceTree: Readonly<Record<string, readonly string[]>>;
  readonly words: Readonly<
    Record<WorkdayWord | "received" | "alreadyApplied" | "softError", string>
  >;
  /** Fields that the site has filled in, by id. */
  readonly prefilled: Readonly<Record<string, string>>;
  readonly needsAccount: boolean;
  readonly hasTwoLevelSource: boolean;
  readonly revertsDates: boolean;
}

/** What the applicant has entered, by field id. */
export type Entered = Readonly<Record<string, readonly string[]>>;

export interface FieldProps {
  readonly field: FormField;
  /** Of the control; the ledger knows the field by its own id. */
  readonly domId: string;
  readonly value: readonly string[];
  readonly words: FlowConfig["words"];
  readonly onChange: (value: readonly string[]) => void;
}
