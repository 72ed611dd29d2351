import {
  Button,
  ComboBox,
  DateField,
  DateInput,
  DateSegment,
  FieldError,
  Group,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  NumberField,
  Popover,
  Select,
  SelectValue,
} from "react-aria-components";
import { departments, report, show } from "./stage.jsx";

const items = (
  <Popover>
    <ListBox>
      {departments.map((name) => (
        <ListBoxItem key={name} id={name}>
          {name}
        </ListBoxItem>
      ))}
    </ListBox>
  </Popover>
);

show({
  select: () => (
    <Select onSelectionChange={report}>
      <Label>Department</Label>
      <Button>
        <SelectValue />
      </Button>
      {items}
    </Select>
  ),
  combobox: () => (
    <ComboBox onSelectionChange={report}>
      <Label>Department</Label>
      <div>
        <Input />
        <Button>▼</Button>
      </div>
      {items}
    </ComboBox>
  ),
  date: () => (
    <DateField onChange={(day) => report(day?.toString())}>
      <Label>Start date</Label>
      <DateInput>{(segment) => <DateSegment segment={segment} />}</DateInput>
      <FieldError />
    </DateField>
  ),
  number: () => (
    <NumberField onChange={(value) => report(Number.isNaN(value) ? null : value)}>
      <Label>Expected salary</Label>
      <Group>
        <Input />
      </Group>
    </NumberField>
  ),
});
