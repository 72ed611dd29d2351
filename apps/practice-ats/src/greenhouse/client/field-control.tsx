import { CheckboxGroup } from "./checkbox-group.tsx";
import type { FieldProps } from "./field-context.ts";
import { ConsentBox } from "./consent-box.tsx";
import { FileUpload } from "./file-upload.tsx";
import { SearchInput } from "./search-input.tsx";
import { SelectInput } from "./select-input.tsx";
import { TextInput } from "./text-input.tsx";

export function FieldControl(props: FieldProps) {
  const { field, context } = props;
  const isSearched = /^(candidate-location$|school--)/.test(field.id);
  if (isSearched && context.posting.searchPath !== null) return <SearchInput {...props} />;
  switch (field.kind) {
    case "select":
    case "late-select":
      return <SelectInput {...props} />;
    case "file":
      return <FileUpload {...props} />;
    case "checkbox":
      return <ConsentBox {...props} />;
    case "checkboxes":
      return <CheckboxGroup {...props} />;
    default:
      return <TextInput {...props} />;
  }
}
