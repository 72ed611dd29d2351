import { ValetError } from "@valet/contracts";

export function fieldsRefused(count: number, page: number): ValetError {
  return new ValetError(
    "FIELD_NOT_WRITABLE",
    `The form did not keep ${count === 1 ? "a value" : `${count} values`} that were filled in. Nothing was sent.`,
    { count, page },
  );
}
