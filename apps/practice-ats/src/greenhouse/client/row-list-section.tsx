import { useState } from "react";

import { type RowList, rowFields } from "../form-sections.ts";
import type { FieldContext } from "./field-context.ts";
import { FieldControl } from "./field-control.tsx";

interface RowListSectionProps {
  readonly list: RowList;
  readonly context: FieldContext;
}

/** One entry to begin with; each press of the button draws an empty one below. */
export function RowListSection({ list, context }: RowListSectionProps) {
  const [rows, setRows] = useState(1);
  return (
    <div className="row-list">
      <h3>{list.title}</h3>
      {Array.from({ length: rows }, (_none, row) => (
        <fieldset className="row-list__entry" key={row}>
          {rowFields(list, row).map((field) => (
            <FieldControl key={field.id} field={field} context={context} />
          ))}
        </fieldset>
      ))}
      <button type="button" className="add-another-button" onClick={() => setRows(rows + 1)}>
        Add another
      </button>
    </div>
  );
}
