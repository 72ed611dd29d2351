import { useState } from "react";
import {
  Autocomplete,
  Checkbox,
  FormControl,
  FormControlLabel,
  FormLabel,
  InputLabel,
  MenuItem,
  Radio,
  RadioGroup,
  Select,
  Slider,
  Switch,
  TextField,
  ToggleButton,
  ToggleButtonGroup,
} from "@mui/material";
import { LocalizationProvider } from "@mui/x-date-pickers";
import { AdapterDayjs } from "@mui/x-date-pickers/AdapterDayjs";
import { DatePicker } from "@mui/x-date-pickers/DatePicker";
import { departments, report, show } from "./stage.jsx";

function SelectWidget() {
  const [value, setValue] = useState("");
  return (
    <FormControl fullWidth>
      <InputLabel id="widget-label">Department</InputLabel>
      <Select
        labelId="widget-label"
        label="Department"
        value={value}
        onChange={({ target }) => (setValue(target.value), report(target.value || null))}
      >
        <MenuItem value="">
          <em>None</em>
        </MenuItem>
        {departments.map((name) => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </Select>
    </FormControl>
  );
}

function TogglePair() {
  const [value, setValue] = useState(null);
  return (
    <fieldset>
      <legend>Will you need a permit?</legend>
      <ToggleButtonGroup
        exclusive
        value={value}
        onChange={(_, next) => (setValue(next), report(next))}
      >
        <ToggleButton value="Yes">Yes</ToggleButton>
        <ToggleButton value="No">No</ToggleButton>
      </ToggleButtonGroup>
    </fieldset>
  );
}

show({
  select: SelectWidget,
  toggle: TogglePair,
  autocomplete: () => (
    <Autocomplete
      options={departments}
      onChange={(_, value) => report(value)}
      renderInput={(props) => <TextField {...props} label="Department" />}
    />
  ),
  tags: () => (
    <Autocomplete
      multiple
      options={departments}
      onChange={(_, value) => report(value)}
      renderInput={(props) => <TextField {...props} label="Departments" />}
    />
  ),
  free: () => (
    <Autocomplete
      multiple
      freeSolo
      options={[]}
      onChange={(_, value) => report(value)}
      renderInput={(props) => <TextField {...props} label="Skills" />}
    />
  ),
  radio: () => (
    <FormControl>
      <FormLabel id="widget-label">Department</FormLabel>
      <RadioGroup aria-labelledby="widget-label" onChange={(_, value) => report(value)}>
        {departments.map((name) => (
          <FormControlLabel key={name} value={name} control={<Radio />} label={name} />
        ))}
      </RadioGroup>
    </FormControl>
  ),
  checkbox: () => (
    <FormControlLabel
      control={<Checkbox onChange={(_, on) => report(on)} />}
      label="I am willing to travel"
    />
  ),
  switch: () => (
    <FormControlLabel
      control={<Switch onChange={(_, on) => report(on)} />}
      label="I am willing to travel"
    />
  ),
  slider: () => (
    <>
      <p id="widget-label">Years of experience</p>
      <Slider
        aria-labelledby="widget-label"
        min={0}
        max={40}
        onChange={(_, value) => report(value)}
      />
    </>
  ),
  date: () => (
    <LocalizationProvider dateAdapter={AdapterDayjs}>
      <DatePicker
        label="Start date"
        onChange={(day) => report(day?.isValid() ? day.format("YYYY-MM-DD") : null)}
      />
    </LocalizationProvider>
  ),
});
