import { Checkbox, RadioGroup, Select, Slider, Switch, ToggleGroup } from "radix-ui";
import { departments, report, show } from "./stage.jsx";

show({
  select: () => (
    <>
      <label htmlFor="widget">Department</label>
      <Select.Root onValueChange={report}>
        <Select.Trigger id="widget">
          <Select.Value placeholder="Pick one" />
        </Select.Trigger>
        <Select.Portal>
          <Select.Content position="popper">
            <Select.Viewport>
              {departments.map((name) => (
                <Select.Item key={name} value={name}>
                  <Select.ItemText>{name}</Select.ItemText>
                </Select.Item>
              ))}
            </Select.Viewport>
          </Select.Content>
        </Select.Portal>
      </Select.Root>
    </>
  ),
  radio: () => (
    <>
      <p id="widget-label">Department</p>
      <RadioGroup.Root aria-labelledby="widget-label" onValueChange={report}>
        {departments.map((name) => (
          <div key={name}>
            <RadioGroup.Item value={name} id={`one-${name}`}>
              <RadioGroup.Indicator>●</RadioGroup.Indicator>
            </RadioGroup.Item>
            <label htmlFor={`one-${name}`}>{name}</label>
          </div>
        ))}
      </RadioGroup.Root>
    </>
  ),
  toggle: () => (
    <>
      <p id="widget-label">Will you need a permit?</p>
      <ToggleGroup.Root
        type="single"
        aria-labelledby="widget-label"
        onValueChange={(value) => report(value || null)}
      >
        <ToggleGroup.Item value="Yes">Yes</ToggleGroup.Item>
        <ToggleGroup.Item value="No">No</ToggleGroup.Item>
      </ToggleGroup.Root>
    </>
  ),
  checkbox: () => (
    <>
      <Checkbox.Root id="widget" onCheckedChange={report} style={{ width: 20, height: 20 }}>
        <Checkbox.Indicator>✓</Checkbox.Indicator>
      </Checkbox.Root>
      <label htmlFor="widget">I am willing to travel</label>
    </>
  ),
  switch: () => (
    <>
      <label htmlFor="widget">I am willing to travel</label>
      <Switch.Root id="widget" onCheckedChange={report} style={{ width: 40, height: 20 }}>
        <Switch.Thumb />
      </Switch.Root>
    </>
  ),
  slider: () => (
    <>
      <p id="widget-label">Years of experience</p>
      <Slider.Root
        min={0}
        max={40}
        onValueChange={([value]) => report(value)}
        style={{ position: "relative", display: "flex", width: 200, height: 20 }}
      >
        <Slider.Track style={{ background: "#ccc", flexGrow: 1 }}>
          <Slider.Range />
        </Slider.Track>
        <Slider.Thumb
          aria-labelledby="widget-label"
          style={{ display: "block", width: 20, height: 20, background: "#333" }}
        />
      </Slider.Root>
    </>
  ),
});
