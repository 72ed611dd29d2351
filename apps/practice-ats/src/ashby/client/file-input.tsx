import { useRef } from "react";

import type { EntryProps } from "./field-entry-control.tsx";

/** Keeps the file for the submit. */
export function FileInput({ entry, state, attach }: EntryProps & { readonly attach: string }) {
  const input = useRef<HTMLInputElement>(null);
  const { path } = entry.field;
  const file = state.files[path];
  return (
    <div className="ashby-application-form-input-file">
      <input
        ref={input}
        id={path}
        type="file"
        tabIndex={-1}
        style={{ display: "none" }}
        onChange={({ target }) => state.onFile(path, target.files?.[0])}
      />
      {file === undefined ? (
        <button type="button" onClick={() => input.current?.click()}>
          {attach}
        </button>
      ) : (
        <p>
          <span>{file.name}</span>{" "}
          <button
            type="button"
            aria-label="Remove file"
            onClick={() => state.onFile(path, undefined)}
          >
            ×
          </button>
        </p>
      )}
    </div>
  );
}
