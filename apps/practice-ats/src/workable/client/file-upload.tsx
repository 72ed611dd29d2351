import { useState } from "react";

import type { FormField } from "../../form-field.ts";

/** A box over an input that nobody sees; what was chosen stands beside it. */
export function FileUpload({
  field,
  onFile,
}: {
  readonly field: FormField;
  readonly onFile: (file: File) => void;
}) {
  const [name, setName] = useState("");
  const isPicture = field.id === "avatar";
  return (
    <div className="upload" data-ui={field.id}>
      <span className="drop">{name === "" ? "Upload a file or drag and drop here" : name}</span>
      <input
        type="file"
        className="visually-hidden"
        name={field.id}
        data-ui={field.id}
        id={field.id}
        aria-labelledby={`${field.id}_label`}
        accept={isPicture ? "image/*" : ".pdf,.doc,.docx,.txt,.rtf"}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file === undefined) return;
          setName(file.name);
          onFile(file);
        }}
      />
    </div>
  );
}
