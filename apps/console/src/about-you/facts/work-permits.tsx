import { Controller, useFieldArray, useFormContext } from "react-hook-form";
import { Button, Input, Label, Text, TextField } from "react-aria-components";
import { factStrings } from "../../strings/fact-strings.ts";
import { countryNames } from "./country-names.ts";
import { Choice, YesNo } from "./fact-input.tsx";
import { type FactValues, fieldName } from "./fact-values.ts";
import { permitsPointer } from "./missing-facts.ts";

/** Country by country: what holds in one says nothing of another. */
export function WorkPermits() {
  const { control } = useFormContext<FactValues>();
  const permits = useFieldArray({ control, name: "permits" });
  const words = factStrings.permits;
  return (
    <>
      <div id={fieldName(permitsPointer)} className="permits">
        {permits.fields.map(({ id }, at) => (
          <fieldset key={id} className="permit">
            <legend className="sr-only">{words.one(at + 1)}</legend>
            <Controller
              control={control}
              name={`permits.${at}.country`}
              render={({ field: { value, onChange }, fieldState: { error } }) => (
                <Choice
                  label={words.country}
                  use=""
                  empty={factStrings.noCountry}
                  options={countryNames()}
                  value={value}
                  onChange={onChange}
                  problem={error?.message}
                />
              )}
            />
            <Controller
              control={control}
              name={`permits.${at}.authorized`}
              render={({ field: { value, onChange } }) => (
                <YesNo label={words.authorized} use="" value={value} onChange={onChange} />
              )}
            />
            <Controller
              control={control}
              name={`permits.${at}.sponsorship`}
              render={({ field: { value, onChange } }) => (
                <YesNo label={words.sponsorship} use="" value={value} onChange={onChange} />
              )}
            />
            <Controller
              control={control}
              name={`permits.${at}.status`}
              render={({ field: { value, onChange } }) => (
                <TextField value={value} onChange={onChange} autoComplete="off">
                  <Label>{words.status}</Label>
                  <Input dir="auto" />
                  <Text slot="description">{words.statusUse}</Text>
                </TextField>
              )}
            />
            <Button
              className="quiet small"
              aria-label={words.remove(at + 1)}
              onPress={() => permits.remove(at)}
            >
              {words.removeWord}
            </Button>
          </fieldset>
        ))}
        <Button
          onPress={() =>
            permits.append({ country: "", authorized: "", sponsorship: "", status: "" })
          }
        >
          {words.add}
        </Button>
      </div>
      <Citizenships />
    </>
  );
}

function Citizenships() {
  const { control } = useFormContext<FactValues>();
  const held = useFieldArray({ control, name: "citizenships" });
  const words = factStrings.citizenships;
  return (
    <fieldset className="citizenships">
      <legend className="react-aria-Label">{words.title}</legend>
      <p className="small faint">{words.use}</p>
      {held.fields.map(({ id }, at) => (
        <div key={id} className="citizenship">
          <Controller
            control={control}
            name={`citizenships.${at}.country`}
            render={({ field: { value, onChange } }) => (
              <Choice
                label={words.one(at + 1)}
                use=""
                empty={factStrings.noCountry}
                options={countryNames()}
                value={value}
                onChange={onChange}
              />
            )}
          />
          <Button
            className="quiet small"
            aria-label={words.remove(at + 1)}
            onPress={() => held.remove(at)}
          >
            {factStrings.permits.removeWord}
          </Button>
        </div>
      ))}
      <Button onPress={() => held.append({ country: "" })}>{words.add}</Button>
    </fieldset>
  );
}
