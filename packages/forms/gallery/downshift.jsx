import { useState } from "react";
import { useCombobox, useSelect } from "downshift";
import { departments, report, show } from "./stage.jsx";

function SelectWidget() {
  const select = useSelect({
    items: departments,
    onSelectedItemChange: ({ selectedItem }) => report(selectedItem),
  });
  return (
    <div>
      <label {...select.getLabelProps()}>Department</label>
      <div className="control" {...select.getToggleButtonProps()}>
        {select.selectedItem ?? "Choose a department"}
      </div>
      <ul {...select.getMenuProps()}>
        {select.isOpen &&
          departments.map((item, index) => (
            <li key={item} {...select.getItemProps({ item, index })}>
              {item}
            </li>
          ))}
      </ul>
    </div>
  );
}

/** Only a pick counts: what was merely typed is dropped on leaving. */
function ComboboxWidget() {
  const [items, setItems] = useState(departments);
  const box = useCombobox({
    items,
    onInputValueChange: ({ inputValue }) =>
      setItems(departments.filter((one) => one.toLowerCase().includes(inputValue.toLowerCase()))),
    onSelectedItemChange: ({ selectedItem }) => report(selectedItem),
    stateReducer: (state, { type, changes }) => {
      if (type === useCombobox.stateChangeTypes.InputBlur)
        return { ...changes, inputValue: changes.selectedItem ?? "" };
      if (type === useCombobox.stateChangeTypes.InputChange && changes.inputValue === "")
        return { ...changes, selectedItem: null };
      return changes;
    },
  });
  return (
    <div>
      <label {...box.getLabelProps()}>Department</label>
      <input {...box.getInputProps()} />
      <ul {...box.getMenuProps()}>
        {box.isOpen &&
          items.map((item, index) => (
            <li key={item} {...box.getItemProps({ item, index })}>
              {item}
            </li>
          ))}
      </ul>
    </div>
  );
}

show({ select: SelectWidget, combobox: ComboboxWidget });
