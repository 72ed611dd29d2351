import { CompleteList } from "@valet/contracts";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { Checkbox, CheckboxGroup, Label } from "react-aria-components";
import { factStrings } from "../../strings/fact-strings.ts";
import "../../ui/check.css";
import type { FactValues } from "./fact-values.ts";

/** That none is complete is said as well, and is something else than saying nothing. */
export function CompleteLists() {
  const { control } = useFormContext<FactValues>();
  const says = useWatch({ control, name: "saysLists" });
  return (
    <div className="complete-lists">
      <Controller
        control={control}
        name="saysLists"
        render={({ field: { value, onChange } }) => (
          <Checkbox className="check" isSelected={value} onChange={onChange}>
            <span className="check-box" aria-hidden="true" />
            {factStrings.saysLists}
          </Checkbox>
        )}
      />
      <p className="small faint">{factStrings.saysListsUse}</p>
      {says && (
        <Controller
          control={control}
          name="completeLists"
          render={({ field: { value, onChange } }) => (
            <CheckboxGroup value={[...value]} onChange={onChange}>
              <Label>{factStrings.complete}</Label>
              <div className="fact-radios">
                {CompleteList.options.map((list) => (
                  <Checkbox key={list} value={list} className="check">
                    <span className="check-box" aria-hidden="true" />
                    {factStrings.lists[list]}
                  </Checkbox>
                ))}
              </div>
            </CheckboxGroup>
          )}
        />
      )}
    </div>
  );
}
