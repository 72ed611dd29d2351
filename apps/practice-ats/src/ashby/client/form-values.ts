/** By path. A toggle that was switched off again has no value. */
export type FormValues = Readonly<Record<string, string | readonly string[]>>;
export type FormFiles = Readonly<Record<string, File>>;

export interface FormState {
  /** Differs from load to load; names of radio buttons begin with it. */
  readonly formId: string;
  readonly values: FormValues;
  readonly files: FormFiles;
  readonly onChange: (path: string, value: string | readonly string[]) => void;
  readonly onFile: (path: string, file: File | undefined) => void;
}

export function textOf(values: FormValues, path: string): string {
  const value = values[path];
  return typeof value === "string" ? value : "";
}
