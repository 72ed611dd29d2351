import { useRef, useState } from "react";

import { acceptedFileTypes } from "../../form-field.ts";
import type { FieldProps } from "./field-context.ts";
import { FieldError, invalidState } from "./field-error.tsx";
import { uploadFile } from "./upload-file.ts";

type Upload =
  | { readonly kind: "none" }
  | { readonly kind: "under-way"; readonly fileName: string }
  | { readonly kind: "done"; readonly fileName: string }
  | { readonly kind: "refused"; readonly reason: string };

/** The file goes to the server as soon as it is chosen; the form then carries only its upload id. */
export function FileUpload({ field, context }: FieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [upload, setUpload] = useState<Upload>({ kind: "none" });
  const { attach } = context.posting.words;
  const error = upload.kind === "refused" ? upload.reason : context.errors[field.id];

  async function send(file: File): Promise<void> {
    setUpload({ kind: "under-way", fileName: file.name });
    context.onChange(field.id, "");
    const result = await uploadFile({ posting: context.posting, fieldId: field.id, file });
    if (result.kind === "refused") return setUpload(result);
    setUpload({ kind: "done", fileName: result.fileName });
    context.onChange(field.id, result.uploadId);
  }

  function remove(): void {
    if (input.current) input.current.value = "";
    setUpload({ kind: "none" });
    context.onChange(field.id, "");
  }

  return (
    <div
      className="file-upload"
      data-practice={field.id}
      role="group"
      aria-labelledby={`upload-label-${field.id}`}
    >
      <div className="label upload-label" id={`upload-label-${field.id}`}>
        {field.label}
        {field.required && <span className="required">*</span>}
      </div>
      <div className="file-upload__wrapper">
        {upload.kind === "done" ? (
          <ChosenFile fileName={upload.fileName} onRemove={remove} />
        ) : (
          <button
            type="button"
            className="btn btn--secondary"
            disabled={upload.kind === "under-way"}
            onClick={() => input.current?.click()}
          >
            {upload.kind === "under-way" ? "Uploading…" : attach}
          </button>
        )}
        <label htmlFor={field.id} className="visually-hidden">
          {attach}
        </label>
        <input
          ref={input}
          id={field.id}
          type="file"
          className="visually-hidden"
          accept={acceptedFileTypes}
          tabIndex={-1}
          aria-required={field.required}
          {...invalidState(field.id, error)}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void send(file);
          }}
        />
      </div>
      <p className="helper-text">Accepted file types: pdf, doc, docx, txt, rtf</p>
      <FieldError id={field.id} error={error} />
    </div>
  );
}

interface ChosenFileProps {
  readonly fileName: string;
  readonly onRemove: () => void;
}

function ChosenFile({ fileName, onRemove }: ChosenFileProps) {
  return (
    <div className="file-upload__filename">
      <p>{fileName}</p>
      <button type="button" className="icon-button" aria-label="Remove file" onClick={onRemove}>
        ×
      </button>
    </div>
  );
}
