import type { FieldValue, ShownField } from "@valet/contracts";
import {
  Button,
  Checkbox,
  CheckboxGroup,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  TextArea,
  TextField,
} from "react-aria-components";
import { reviewStrings } from "../../strings/application-strings.ts";
import "../../ui/check.css";

interface ValueInputInput {
  readonly label: string;
  readonly field: Pick<ShownField, "kind"> & { readonly options?: readonly string[] | undefined };
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
  readonly problem?: string | undefined;
}

/** As many choices as are told apart at a glance. */
const mostRadios = 6;
const longText = 80;

/** Lets a person give what the site's own field takes: its options, several of them, a tick or text. */
export function ValueInput(input: ValueInputInput) {
  const { field, value } = input;
  const options = field.options ?? [];
  if (field.kind === "checkbox") return <Tick {...input} />;
  if (options.length === 0) return <Text {...input} />;
  if (field.kind === "checkbox-group" || Array.isArray(value)) {
    return <Several {...input} options={options} />;
  }
  return options.length <= mostRadios ? (
    <One {...input} options={options} />
  ) : (
    <OneOfMany {...input} options={options} />
  );
}

function Tick({ label, value, onChange }: ValueInputInput) {
  return (
    <Checkbox className="check" isSelected={value === true} onChange={onChange}>
      <span className="check-box" aria-hidden="true" />
      <bdi>{label}</bdi>
    </Checkbox>
  );
}

const inputTypes: Partial<Record<ShownField["kind"], "email" | "tel" | "url">> = {
  email: "email",
  tel: "tel",
  url: "url",
};

function Text({ label, field: { kind }, value, onChange, problem }: ValueInputInput) {
  const text = Array.isArray(value) ? value.join(", ") : String(value);
  const isLong = kind === "textarea" || text.length > longText || text.includes("\n");
  return (
    <TextField
      value={text}
      onChange={onChange}
      type={inputTypes[kind] ?? "text"}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
    >
      <Label>
        <bdi>{label}</bdi>
      </Label>
      {isLong ? <TextArea dir="auto" rows={5} /> : <Input dir="auto" />}
      <FieldError>{problem ?? ""}</FieldError>
    </TextField>
  );
}

type WithOptions = ValueInputInput & { readonly options: readonly string[] };

function One({ label, value, options, onChange, problem }: WithOptions) {
  return (
    <RadioGroup
      value={String(value)}
      onChange={onChange}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
    >
      <Label>
        <bdi>{label}</bdi>
      </Label>
      {options.map((option) => (
        <Radio key={option} value={option} className="check">
          <span className="check-box round" aria-hidden="true" />
          <bdi>{option}</bdi>
        </Radio>
      ))}
      <FieldError>{problem ?? ""}</FieldError>
    </RadioGroup>
  );
}

function Several({ label, value, options, onChange, problem }: WithOptions) {
  const chosen = [value].flat().filter((one) => typeof one === "string" && one !== "");
  return (
    <CheckboxGroup
      value={chosen.map(String)}
      onChange={onChange}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
    >
      <Label>
        <bdi>{label}</bdi>
      </Label>
      {options.map((option) => (
        <Checkbox key={option} value={option} className="check">
          <span className="check-box" aria-hidden="true" />
          <bdi>{option}</bdi>
        </Checkbox>
      ))}
      <FieldError>{problem ?? ""}</FieldError>
    </CheckboxGroup>
  );
}

function OneOfMany({ label, value, options, onChange, problem }: WithOptions) {
  return (
    <ComboBox
      defaultSelectedKey={String(value)}
      onSelectionChange={(key) => {
        if (key !== null) onChange(String(key));
      }}
      isInvalid={problem !== undefined}
      validationBehavior="aria"
      menuTrigger="focus"
    >
      <Label>
        <bdi>{label}</bdi>
      </Label>
      <div className="combo">
        <Input dir="auto" />
        <Button aria-label={reviewStrings.choices}>▾</Button>
      </div>
      <FieldError>{problem ?? ""}</FieldError>
      <Popover className="combo-list card">
        <ListBox>
          {options.map((option) => (
            <ListBoxItem key={option} id={option} textValue={option}>
              <bdi>{option}</bdi>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
