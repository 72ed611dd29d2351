import type { FormField } from "../../form-field.ts";
import type { FieldContext } from "./field-context.ts";
import { SelectInput } from "./select-input.tsx";
import { TextInput } from "./text-input.tsx";

interface PhoneInputProps {
  readonly fields: readonly FormField[];
  readonly context: FieldContext;
}

/** "Country" here means the dial code: the list says "United Kingdom +44", the choice shows "+44". */
export function PhoneInput({ fields, context }: PhoneInputProps) {
  const country = fields.find(({ id }) => id === "country");
  const phone = fields.find(({ id }) => id === "phone");
  if (!country || !phone) return null;
  return (
    <fieldset className="phone-input">
      <legend className="visually-hidden">{phone.label}</legend>
      <div className="phone-input__country">
        <SelectInput
          field={country}
          context={context}
          shortLabel={({ label }) => label.slice(label.lastIndexOf("+"))}
        />
      </div>
      <div className="phone-input__phone">
        <TextInput field={phone} context={context} />
      </div>
    </fieldset>
  );
}
