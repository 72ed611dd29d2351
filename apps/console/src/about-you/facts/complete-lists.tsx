import { CompleteList } from "@valet/contracts";
import { Controller, useFormContext, useWatch } from "react-hook-form";
import { Checkbox, CheckboxGroup, Label } from "react-aria-components";
import { strings } from "../../strings/en.ts";
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
            {strings.facts.saysLists}
          </Checkbox>
        )}
      />
      <p className="small faint">{strings.facts.saysListsUse}</p>
      {says && (
        <Controller
          control={control}
          name="completeLists"
          render={({ field: { value, onChange } }) => (
            <CheckboxGroup value={[...value]} onChange={onChange}>
              <Label>{strings.facts.complete}</Label>
              <div className="fact-radios">
                {CompleteList.options.map((list) => (
                  <Checkbox key={list} value={list} className="check">
                    <span className="check-box" aria-hidden="true" />
                    {strings.facts.lists[list]}
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
