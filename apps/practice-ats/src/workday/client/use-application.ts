import { useRef, useState } from "react";

import { findErrors } from "../../find-errors.ts";
import type { FormField } from "../../form-field.ts";
import { type RowList, rowFieldId } from "../workday-form.ts";
import type { Entered, FlowConfig } from "./config.ts";

type Counts = Readonly<Record<RowList["name"], number>>;

/** What stands in the application, whichever step shows it. */
export function useApplication(config: FlowConfig) {
  const [entered, setEntered] = useState<Entered>(() =>
    Object.fromEntries(Object.entries(config.prefilled).map(([id, value]) => [id, [value]])),
  );
  const [counts, setCounts] = useState<Counts>({ workExperience: 0, education: 0, webAddress: 0 });
  const [file, setFile] = useState<File>();
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});

  const latest = useRef(entered);
  latest.current = entered;

  const fieldsOf = (stepIndex: number): readonly FormField[] => {
    const step = config.steps[stepIndex];
    if (step?.name !== "experience") return step?.fields ?? [];
    const rows = config.rowLists.flatMap(({ name, fields }) =>
      Array.from({ length: counts[name] }, (_, row) =>
        fields.map((field) => ({ ...field, id: rowFieldId(name, row, field.id) })),
      ).flat(),
    );
    return [...rows, ...step.fields];
  };
  const check = (fields: readonly FormField[], values: Entered) => {
    const plain = fields.filter(({ kind }) => kind !== "checkbox");
    const sent = { ...values, ...(file !== undefined && { resume: [file.name] }) };
    const found: Record<string, string> = { ...findErrors(plain, sent) };
    for (const { id, kind, required } of fields) {
      if (kind === "checkbox" && required && values[id]?.[0] !== "true") found[id] = "Required";
    }
    return found;
  };
  return {
    entered,
    counts,
    file,
    errors,
    fieldsOf,
    setFile,
    set: (id: string, value: readonly string[]) => setEntered((now) => ({ ...now, [id]: value })),
    addRow: (list: RowList["name"]) => setCounts((now) => ({ ...now, [list]: now[list] + 1 })),
    /** A complaint goes only once its field is left again. */
    recheck: (field: FormField) => {
      if (errors[field.id] === undefined) return;
      setTimeout(() => {
        const left = check([field], latest.current);
        setErrors((now) => {
          const others = Object.entries(now).filter(([id]) => id !== field.id);
          return { ...Object.fromEntries(others), ...left };
        });
      }, 0);
    },
    isComplete: (stepIndex: number): boolean => {
      const found = check(fieldsOf(stepIndex), entered);
      setErrors(found);
      return Object.keys(found).length === 0;
    },
  };
}

export type Application = ReturnType<typeof useApplication>;

/** Sends the whole application; what the site makes of it comes back by name. */
export async function sendApplication(
  { api, query }: FlowConfig,
  { entered, file }: Pick<Application, "entered" | "file">,
): Promise<{ readonly result: string; readonly message?: string }> {
  const body = new FormData();
  for (const [id, values] of Object.entries(entered)) {
    for (const value of values) body.append(id, value);
  }
  if (file !== undefined) body.append("resume", file);
  const answer = await fetch(`${api}/submit${query}`, { method: "POST", body });
  // Boundary: our own server's answer.
  return (await answer.json()) as { result: string; message?: string };
}

export async function uploadFile({ api, query }: FlowConfig, file: File): Promise<boolean> {
  const body = new FormData();
  body.set("file", file);
  return (await fetch(`${api}/upload${query}`, { method: "POST", body })).ok;
}
