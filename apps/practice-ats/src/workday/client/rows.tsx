import { useState } from "react";

import type { RowList } from "../workday-form.ts";
import type { FlowConfig } from "./config.ts";

interface RowsProps {
  readonly list: RowList;
  readonly title: string;
  readonly words: FlowConfig["words"];
  readonly rows: readonly number[];
  readonly onAdd: () => void;
  readonly drawField: (
    field: RowList["fields"][number],
    row: number,
    domId: string,
  ) => React.ReactNode;
}

/** One list of the experience step. Every list has the same button; only its section tells which it is. */
export function Rows({ list, title, words, rows, onAdd, drawField }: RowsProps) {
  const section = title.replaceAll(" ", "-");
  // Rows are numbered as they come for people; the ids of their fields count something else.
  const [firstKey] = useState(() => 3 + list.name.length);
  return (
    <div role="group" aria-labelledby={`${section}-section`}>
      <h3 id={`${section}-section`}>{title}</h3>
      {rows.map((row) => (
        <div key={row} role="group" aria-labelledby={`${section}-${row + 1}-panel`}>
          <h4 id={`${section}-${row + 1}-panel`}>
            {title} {row + 1}
          </h4>
          {list.fields.map((field) =>
            drawField(field, row, `${list.name}-${firstKey + row * 4}--${field.id}`),
          )}
        </div>
      ))}
      <button type="button" data-automation-id="add-button" onClick={onAdd}>
        {rows.length === 0 ? words.add : words.addAnother}
      </button>
    </div>
  );
}
