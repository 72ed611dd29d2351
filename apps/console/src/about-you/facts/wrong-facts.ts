import { factStrings } from "../../strings/fact-strings.ts";
import type { FactField } from "./fact-fields.ts";
import { type FactValues, fieldName, isSaid } from "./fact-values.ts";

interface Wrong {
  readonly type: "contract";
  readonly message: string;
}

type WrongRow = { readonly country: Wrong } | undefined;

export interface WrongFacts {
  readonly fields?: Readonly<Record<string, Wrong>>;
  readonly permits?: readonly WrongRow[];
}

interface Issue {
  readonly path: readonly PropertyKey[];
}

interface OfForm {
  readonly fields: readonly FactField[];
  readonly values: FactValues;
}

/**
 * Where in the form stands what the contract refuses. What it refuses elsewhere is not this form's: the
 * server then says so.
 */
export function wrongFacts(issues: readonly Issue[], form: OfForm): WrongFacts {
  const pointers = issues.map(({ path }) => `/${path.map(String).join("/")}`);
  const fields = Object.assign({}, ...pointers.map((pointer) => wrongFields(pointer, form)));
  const isPermit = pointers.some((at) => at.startsWith("/application/workAuthorization"));
  const { permits } = form.values;
  return {
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(isPermit
      ? {
          permits: permits.map((row) =>
            isSaid(row) && row.country === "" ? noCountry() : undefined,
          ),
        }
      : {}),
  };
}

function noCountry(): WrongRow {
  return { country: { type: "contract", message: factStrings.wrongCountry } };
}

/** Links stand in a list, and which place a network has there the form does not know: those that are no address. */
function wrongFields(pointer: string, { fields, values }: OfForm): Record<string, Wrong> {
  const isLink = pointer.startsWith("/basics/profiles/");
  const meant = fields.filter((field) =>
    isLink
      ? field.pointer.startsWith("/basics/profiles/") &&
        !isAddress(values.fields[fieldName(field.pointer)] ?? "")
      : pointer === field.pointer || pointer.startsWith(`${field.pointer}/`),
  );
  return Object.fromEntries(
    meant.map(({ pointer: at, kind }) => [
      fieldName(at),
      { type: "contract" as const, message: factStrings.wrong(kind) },
    ]),
  );
}

function isAddress(text: string): boolean {
  return text.trim() === "" || URL.canParse(text) || URL.canParse(`https://${text}`);
}
