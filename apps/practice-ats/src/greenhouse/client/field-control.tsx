import { CheckboxGroup } from "./checkbox-group.tsx";
import type { FieldProps } from "./field-context.ts";
import { FileUpload } from "./file-upload.tsx";
import { SelectInput } from "./select-input.tsx";
import { TextInput } from "./text-input.tsx";

export function FieldControl(props: FieldProps) {
  switch (props.field.kind) {
    case "select":
    case "late-select":
      return <SelectInput {...props} />;
    case "file":
      return <FileUpload {...props} />;
    case "checkboxes":
      return <CheckboxGroup {...props} />;
    default:
      return <TextInput {...props} />;
  }
}
