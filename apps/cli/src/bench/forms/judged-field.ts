import type { FormField } from "@valet/contracts";
import type { JudgedMeaning } from "./count-meanings.ts";
import type { Certainty } from "./form-score.ts";

/** One annotated field of a saved page, with what was made of it. */
export interface JudgedField extends JudgedMeaning {
  /** The annotator's word for it. */
  readonly label: string;
  readonly where: string;
  readonly filled: boolean;
  readonly confidence: number;
}

export function judgeField({
  label,
  expected = [],
  place,
  field,
}: {
  readonly label: string;
  readonly expected: readonly string[] | undefined;
  readonly place: string;
  /** Undefined where the annotated field was not read. */
  readonly field: FormField | undefined;
}): JudgedField {
  return {
    label,
    expected,
    found: field?.meaning ?? "not read",
    where: `${place} ${JSON.stringify(field?.label ?? "")} (${field?.why ?? ""})`,
    filled: field?.policy === "fill",
    confidence: field?.confidence ?? 0,
  };
}

/** Those understood as something else than annotated; where nothing scored was, as anything scored. */
export function misjudged(
  judged: readonly JudgedField[],
  scored: ReadonlySet<string>,
): JudgedField[] {
  return judged.filter(({ expected, found }) =>
    expected.length > 0 ? !expected.includes(found) : scored.has(found),
  );
}

/** Only where something was said: "unknown" claims nothing. */
export function certaintiesOf(judged: readonly JudgedField[]): Certainty[] {
  return judged
    .filter(
      ({ expected, found }) => expected.length > 0 && found !== "unknown" && found !== "not read",
    )
    .map(({ expected, found, confidence }) => ({ confidence, isRight: expected.includes(found) }));
}
