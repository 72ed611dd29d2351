import { useState } from "react";
import {
  Combobox,
  ComboboxInput,
  ComboboxOption,
  ComboboxOptions,
  Field,
  Label,
  Listbox,
  ListboxButton,
  ListboxOption,
  ListboxOptions,
  Radio,
  RadioGroup,
  Switch,
} from "@headlessui/react";
import { departments, report, show } from "./stage.jsx";

function ListboxWidget() {
  const [value, setValue] = useState(null);
  return (
    <Field>
      <Label>Department</Label>
      <Listbox value={value} onChange={(next) => (setValue(next), report(next))}>
        <ListboxButton>{value ?? "Select a department"}</ListboxButton>
        <ListboxOptions anchor="bottom">
          {departments.map((name) => (
            <ListboxOption key={name} value={name}>
              {name}
            </ListboxOption>
          ))}
        </ListboxOptions>
      </Listbox>
    </Field>
  );
}

function ComboboxWidget() {
  const [value, setValue] = useState(null);
  const [query, setQuery] = useState("");
  const found = departments.filter((name) => name.toLowerCase().includes(query.toLowerCase()));
  return (
    <Field>
      <Label>Department</Label>
      <Combobox
        value={value}
        onChange={(next) => (setValue(next), report(next))}
        onClose={() => setQuery("")}
      >
        <ComboboxInput onChange={({ target }) => setQuery(target.value)} />
        <ComboboxOptions anchor="bottom">
          {found.map((name) => (
            <ComboboxOption key={name} value={name}>
              {name}
            </ComboboxOption>
          ))}
        </ComboboxOptions>
      </Combobox>
    </Field>
  );
}

function RadioWidget() {
  const [value, setValue] = useState(null);
  return (
    <RadioGroup
      value={value}
      onChange={(next) => (setValue(next), report(next))}
      aria-label="Department"
    >
      {departments.map((name) => (
        <Radio key={name} value={name} style={{ padding: 4 }}>
          {name}
        </Radio>
      ))}
    </RadioGroup>
  );
}

function SwitchWidget() {
  const [on, setOn] = useState(false);
  return (
    <Field>
      <Label>I am willing to travel</Label>
      <Switch
        checked={on}
        onChange={(next) => (setOn(next), report(next))}
        style={{ width: 40, height: 20 }}
      />
    </Field>
  );
}

show({
  listbox: ListboxWidget,
  combobox: ComboboxWidget,
  radio: RadioWidget,
  switch: SwitchWidget,
});
