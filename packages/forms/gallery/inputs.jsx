import "react-datepicker/dist/react-datepicker.css";
import { useState } from "react";
import { Command } from "cmdk";
import { OTPInput } from "input-otp";
import DayPicker from "react-datepicker";
import { useDropzone } from "react-dropzone";
import { IMaskInput } from "react-imask";
import { NumericFormat, PatternFormat } from "react-number-format";
import { departments, report, show } from "./stage.jsx";

function Day() {
  const [day, setDay] = useState(null);
  const two = (number) => String(number).padStart(2, "0");
  const iso = (date) =>
    date && `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return (
    <>
      <label htmlFor="widget">Start date</label>
      <DayPicker
        id="widget"
        selected={day}
        onChange={(next) => (setDay(next), report(iso(next)))}
        placeholderText="MM/DD/YYYY"
      />
    </>
  );
}

function Drop() {
  const [name, setName] = useState("");
  const zone = useDropzone({
    onDrop: ([file]) => (setName(file?.name ?? ""), report(file?.name)),
  });
  return (
    <>
      <p>Resume</p>
      <div {...zone.getRootProps()}>
        <input {...zone.getInputProps()} />
        <p>{name === "" ? "Drop a file here, or click to choose" : name}</p>
      </div>
    </>
  );
}

/** A button that opens a box with a search and a list, as many component kits draw it. */
function Searchable() {
  const [open, setOpen] = useState(false);
  const [value, setValue] = useState(null);
  return (
    <>
      <label htmlFor="widget">Department</label>
      <button
        id="widget"
        type="button"
        role="combobox"
        aria-expanded={open}
        aria-controls="widget-list"
        onClick={() => setOpen(!open)}
      >
        {value ?? "Select department..."}
      </button>
      {open && (
        <div id="widget-list" style={{ position: "absolute", background: "white" }}>
          <Command>
            <Command.Input placeholder="Search department..." />
            <Command.List>
              <Command.Empty>Nothing found.</Command.Empty>
              {departments.map((name) => (
                <Command.Item
                  key={name}
                  value={name}
                  onSelect={() => (setValue(name), setOpen(false), report(name))}
                >
                  {name}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </div>
      )}
    </>
  );
}

show({
  day: Day,
  drop: Drop,
  searchable: Searchable,
  mask: () => (
    <>
      <label htmlFor="widget">Phone</label>
      <IMaskInput id="widget" mask="(000) 000-0000" onAccept={(value) => report(value || null)} />
    </>
  ),
  pattern: () => (
    <>
      <label htmlFor="widget">Phone</label>
      <PatternFormat
        id="widget"
        format="+1 (###) ###-####"
        mask="_"
        onValueChange={({ value }) => report(value || null)}
      />
    </>
  ),
  money: () => (
    <>
      <label htmlFor="widget">Expected salary</label>
      <NumericFormat
        id="widget"
        thousandSeparator=","
        prefix="$"
        onValueChange={({ value }) => report(value || null)}
      />
    </>
  ),
  code: () => (
    <>
      <label htmlFor="widget">Reference number</label>
      <OTPInput
        id="widget"
        maxLength={6}
        onChange={(value) => report(value || null)}
        render={({ slots }) => (
          <div style={{ display: "flex" }}>
            {slots.map(({ char }, index) => (
              <span key={index} style={{ width: 20, height: 24, border: "1px solid" }}>
                {char}
              </span>
            ))}
          </div>
        )}
      />
    </>
  ),
});
