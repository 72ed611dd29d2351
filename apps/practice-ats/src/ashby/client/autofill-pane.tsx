import { useRef } from "react";

interface AutofillPaneProps {
  readonly onFile: (file: File) => void;
}

/** Stands above the form and takes a file that is only read, never sent with the application. */
export function AutofillPane({ onFile }: AutofillPaneProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="ashby-application-form-autofill-pane">
      <p>Autofill from resume</p>
      <p>Put your resume here and the most important fields are filled from it.</p>
      <input
        ref={input}
        type="file"
        tabIndex={-1}
        style={{ display: "none" }}
        accept=".pdf,.doc,.docx"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file !== undefined) onFile(file);
        }}
      />
      <button type="button" onClick={() => input.current?.click()}>
        Upload file
      </button>
    </div>
  );
}
