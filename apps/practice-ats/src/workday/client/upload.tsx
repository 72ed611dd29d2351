import { useState } from "react";

import type { FormField } from "../../form-field.ts";

interface UploadProps {
  readonly field: FormField;
  readonly file: File | undefined;
  readonly upload: (file: File) => Promise<boolean>;
  readonly onFile: (file: File) => void;
}

/** Sends a file at once, empties the input and lists the file with a word of success. */
export function Upload({ field, file, upload, onFile }: UploadProps) {
  const [isBusy, setBusy] = useState(false);
  const take = async (chosen: File, input: HTMLInputElement) => {
    input.value = "";
    setBusy(true);
    const isTaken = await upload(chosen);
    setBusy(false);
    if (isTaken) onFile(chosen);
  };
  return (
    <div data-automation-id="formField-attachments" data-practice={field.id}>
      <div data-automation-id="file-upload-drop-zone" className="wd-drop">
        <p>Drop file here</p>
        <button type="button" data-automation-id="select-files">
          Select files
        </button>
        <input
          type="file"
          data-automation-id="file-upload-input-ref"
          multiple
          style={{ display: "none" }}
          onChange={({ currentTarget }) => {
            const [chosen] = currentTarget.files ?? [];
            if (chosen !== undefined) void take(chosen, currentTarget);
          }}
        />
      </div>
      {isBusy && <div role="progressbar" aria-label="Uploading" className="wd-busy" />}
      {file !== undefined && (
        <div data-automation-id="file-upload-item">
          <div data-automation-id="file-upload-item-name">{file.name}</div>
          <div data-automation-id="file-upload-successful">Successfully Uploaded!</div>
        </div>
      )}
    </div>
  );
}
