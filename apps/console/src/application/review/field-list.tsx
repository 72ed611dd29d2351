import type { FieldValue, ShownField } from "@valet/contracts";
import { useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { reviewStrings } from "../../strings/application-strings.ts";
import { FieldRow } from "./field-row.tsx";
import { type Changes, type Difference, type FieldGroup, isInGroup } from "./review-changes.ts";

interface FieldListInput {
  readonly fields: readonly ShownField[];
  readonly changes?: Changes;
  readonly different?: readonly Difference[];
  readonly wrong?: ReadonlySet<string>;
  readonly onChange?: (field: ShownField, value: FieldValue) => void;
}

const groups: readonly FieldGroup[] = ["all", "filled", "empty", "unsure", "changed"];
const noChanges: Changes = {};

/** The fields in the order of the form, or some of them. */
export function FieldList(input: FieldListInput) {
  const { fields, changes = noChanges, different = [], wrong = new Set(), onChange } = input;
  const [group, setGroup] = useState<FieldGroup>("all");
  const counts = new Map(
    groups.map((name) => [name, fields.filter((field) => isInGroup(field, name, changes)).length]),
  );
  const byId = new Map(different.map((one) => [one.field.id, one]));
  const offered = groups.filter(
    (name) => name === "all" || name === group || counts.get(name) !== 0,
  );
  return (
    <>
      <ToggleButtonGroup
        className="field-groups"
        aria-label={reviewStrings.groupsLabel}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[group]}
        onSelectionChange={([chosen]) => setGroup(groups.find((name) => name === chosen) ?? "all")}
      >
        {offered.map((name) => (
          <ToggleButton key={name} id={name} className="chip">
            {reviewStrings.groups[name]} <span className="numbers">{counts.get(name)}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <ul className="fields" aria-label={reviewStrings.fields}>
        {fields
          .filter((field) => isInGroup(field, group, changes))
          .map((field) => (
            <FieldRow
              key={field.id}
              field={field}
              change={changes[field.id]}
              before={byId.get(field.id)?.before}
              isNew={byId.has(field.id) && byId.get(field.id)?.before === undefined}
              problem={wrong.has(field.id) ? reviewStrings.wrong : undefined}
              onChange={onChange}
            />
          ))}
      </ul>
    </>
  );
}
