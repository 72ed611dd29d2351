import { useState } from "react";

import type { FieldEntry, FormSection, JobPosting } from "../job-posting.ts";
import { AutofillPane } from "./autofill-pane.tsx";
import { FieldEntryControl } from "./field-entry-control.tsx";
import { type FormFiles, type FormState, type FormValues, textOf } from "./form-values.ts";
import { readResume, resetsOnUpload } from "./read-resume.ts";
import { submitForm } from "./submit-form.ts";

interface ApplicationFormProps {
  readonly posting: JobPosting;
}

/** There is no form element: a script gathers the values when the button is pressed. */
export function ApplicationForm({ posting }: ApplicationFormProps) {
  const [formId] = useState(() => crypto.randomUUID());
  const [drawing, setDrawing] = useState(0);
  const [values, setValues] = useState<FormValues>({});
  const [files, setFiles] = useState<FormFiles>({});
  const [messages, setMessages] = useState<readonly string[]>([]);
  const [end, setEnd] = useState<"success" | "limit">();
  const [isSending, setIsSending] = useState(false);
  const { words } = posting;
  const sections = [posting.applicationForm, ...posting.surveyForms].flatMap((one) => one.sections);

  /** What was read is written over the form, which is drawn again; toggles lose what they were set to. */
  async function autofill(file: File): Promise<void> {
    const read = await readResume(file);
    setValues((before) => ({ ...withoutToggles(before, sections), ...read }));
    setDrawing((count) => count + 1);
  }

  const state: FormState = {
    formId,
    values,
    files,
    onChange: (path, value) => setValues((before) => ({ ...before, [path]: value })),
    onFile: (path, file) => {
      setFiles(({ [path]: _old, ...others }) => (file ? { ...others, [path]: file } : others));
      if (file !== undefined && resetsOnUpload()) void autofill(file);
    },
  };

  async function send(): Promise<void> {
    setIsSending(true);
    const result = await submitForm(values, files);
    setIsSending(false);
    if (result.kind === "success") return setEnd("success");
    setMessages(result.kind === "error" ? result.messages : [result.message]);
    if (result.kind === "limit") setEnd("limit");
  }

  if (end === "success") {
    return (
      <div className="ashby-application-form-success-container" role="status">
        <h2>{words.thanks}</h2>
        <p>{words.received}</p>
      </div>
    );
  }
  return (
    <div id="form" className="ashby-application-form-container">
      <AutofillPane onFile={(file) => void autofill(file)} />
      {sections.map((section, index) => (
        <Section
          key={`${drawing}-${section.title ?? index}`}
          section={section}
          state={state}
          attach={words.attach}
        />
      ))}
      {messages.length > 0 && (
        <div role="alert">
          {messages.map((message) => (
            <p key={message}>{message}</p>
          ))}
        </div>
      )}
      {end !== "limit" && (
        <button
          type="button"
          className="ashby-application-form-submit-button"
          disabled={isSending}
          onClick={() => void send()}
        >
          {words.submit}
        </button>
      )}
    </div>
  );
}

interface SectionProps {
  readonly section: FormSection;
  readonly state: FormState;
  readonly attach: string;
}

function Section({ section, state, attach }: SectionProps) {
  return (
    <div className="ashby-application-form-section-container">
      {section.title !== null && <h2>{section.title}</h2>}
      {shownOf(section, state).map((entry) => (
        <FieldEntryControl key={entry.id} entry={entry} state={state} attach={attach} />
      ))}
    </div>
  );
}

/** Hidden questions are asked of those who have said where they are. */
function shownOf({ fieldEntries }: FormSection, { values }: FormState): readonly FieldEntry[] {
  const hasPlace = textOf(values, "_systemfield_location") !== "";
  return fieldEntries.filter(({ isHidden }) => hasPlace || !isHidden);
}

function withoutToggles(values: FormValues, sections: readonly FormSection[]): FormValues {
  const toggles = sections
    .flatMap(({ fieldEntries }) => fieldEntries)
    .filter(({ field }: FieldEntry) => field.type === "Boolean")
    .map(({ field }) => field.path);
  return Object.fromEntries(Object.entries(values).filter(([path]) => !toggles.includes(path)));
}
