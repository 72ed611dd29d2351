import Select from "react-select";
import AsyncSelect from "react-select/async";
import Creatable from "react-select/creatable";
import { departments, report, show } from "./stage.jsx";

const options = departments.map((label) => ({ value: label.toLowerCase(), label }));

function Field({ label, children }) {
  return (
    <>
      <label htmlFor="widget">{label}</label>
      {children}
    </>
  );
}

const later = (query) =>
  new Promise((resolve) =>
    setTimeout(
      () =>
        resolve(options.filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()))),
      250,
    ),
  );

show({
  single: () => (
    <Field label="Department">
      <Select
        inputId="widget"
        options={options}
        isClearable
        onChange={(one) => report(one?.label)}
      />
    </Field>
  ),
  multi: () => (
    <Field label="Departments">
      <Select
        inputId="widget"
        options={options}
        isMulti
        onChange={(many) => report(many.map(({ label }) => label))}
      />
    </Field>
  ),
  async: () => (
    <Field label="Department">
      <AsyncSelect
        inputId="widget"
        loadOptions={later}
        isClearable
        onChange={(one) => report(one?.label)}
      />
    </Field>
  ),
  creatable: () => (
    <Field label="Skills">
      <Creatable
        inputId="widget"
        isMulti
        options={[]}
        onChange={(many) => report(many.map(({ label }) => label))}
      />
    </Field>
  ),
});
