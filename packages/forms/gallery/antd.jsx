import { AutoComplete, DatePicker, Input, InputNumber, Radio, Select, Switch, Upload } from "antd";
import { departments, report, show } from "./stage.jsx";

const options = departments.map((label) => ({ value: label, label }));
/** More than are drawn at once. */
const many = Array.from({ length: 200 }, (_, index) => `Team ${index + 1}`);
const style = { width: 300 };

function Field({ label, children }) {
  return (
    <>
      <label htmlFor="widget">{label}</label>
      <div>{children}</div>
    </>
  );
}

show({
  select: () => (
    <Field label="Department">
      <Select id="widget" style={style} allowClear options={options} onChange={report} />
    </Field>
  ),
  long: () => (
    <Field label="Team">
      <Select
        id="widget"
        style={style}
        allowClear
        showSearch
        options={many.map((label) => ({ value: label, label }))}
        onChange={report}
      />
    </Field>
  ),
  multiple: () => (
    <Field label="Departments">
      <Select id="widget" style={style} mode="multiple" options={options} onChange={report} />
    </Field>
  ),
  tags: () => (
    <Field label="Skills">
      <Select id="widget" style={style} mode="tags" options={[]} onChange={report} />
    </Field>
  ),
  autocomplete: () => (
    <Field label="Department">
      <AutoComplete
        id="widget"
        style={style}
        options={options}
        showSearch={{
          filterOption: (text, one) => one.value.toLowerCase().includes(text.toLowerCase()),
        }}
        onChange={(value) => report(value || null)}
      />
    </Field>
  ),
  date: () => (
    <Field label="Start date">
      <DatePicker
        id="widget"
        format="DD/MM/YYYY"
        onChange={(day) => report(day?.format("YYYY-MM-DD"))}
      />
    </Field>
  ),
  number: () => (
    <Field label="Expected salary">
      <InputNumber
        id="widget"
        style={style}
        onChange={report}
        formatter={(value) => `${value}`.replace(/\B(?=(\d{3})+(?!\d))/gu, ",")}
        parser={(text) => text.replace(/,/gu, "")}
      />
    </Field>
  ),
  radio: () => (
    <fieldset>
      <legend>Department</legend>
      <Radio.Group
        optionType="button"
        options={options}
        onChange={({ target }) => report(target.value)}
      />
    </fieldset>
  ),
  switch: () => (
    <Field label="I am willing to travel">
      <Switch id="widget" onChange={report} />
    </Field>
  ),
  code: () => (
    <>
      <p id="widget-label">Reference number</p>
      <div role="group" aria-labelledby="widget-label">
        <Input.OTP length={6} onInput={(signs) => report(signs.join("") || null)} />
      </div>
    </>
  ),
  upload: () => (
    <Field label="Resume">
      <Upload.Dragger
        id="widget"
        beforeUpload={() => false}
        onChange={({ fileList }) => report(fileList[0]?.name)}
      >
        <p>Click or drag a file to this area</p>
      </Upload.Dragger>
    </Field>
  ),
});
