import { useState, type FormEvent } from "react";

import { findErrors } from "../../find-errors.ts";
import type { FieldErrors, FieldValue, FieldValues, FormField } from "../../form-field.ts";
import { allFields } from "../form-sections.ts";
import type { Posting } from "../posting.ts";
import type { FieldContext } from "./field-context.ts";
import { FieldControl } from "./field-control.tsx";
import { PhoneInput } from "./phone-input.tsx";
import { RowListSection } from "./row-list-section.tsx";
import { codeLength, SecurityCode } from "./security-code.tsx";
import { submitApplication } from "./submit-application.ts";

interface ApplicationFormProps {
  readonly posting: Posting;
  readonly onAccepted: (applicationId: string) => void;
  readonly onRefused: (message: string) => void;
}

export function ApplicationForm({ posting, onAccepted, onRefused }: ApplicationFormProps) {
  const { form } = posting;
  const [values, setValues] = useState<FieldValues>({ country: "United States +1" });
  const [errors, setErrors] = useState<FieldErrors>({});
  const [banner, setBanner] = useState<string>();
  const [isSubmitting, setIsSubmitting] = useState(false);
  const [codeSentTo, setCodeSentTo] = useState<string>();
  const [securityCode, setSecurityCode] = useState("");

  const context: FieldContext = {
    posting,
    values,
    errors,
    onChange: (id: string, value: FieldValue) => {
      setValues((before) => ({ ...before, [id]: value }));
      setErrors(({ [id]: _mended, ...others }) => others);
    },
  };

  function showErrors(found: FieldErrors): void {
    setErrors(found);
    const first = allFields(form).find(({ id }) => found[id] !== undefined);
    if (first) document.getElementById(first.id)?.focus();
  }

  async function submit(): Promise<void> {
    setBanner(undefined);
    const found = findErrors(allFields(form), values);
    if (Object.keys(found).length > 0) return showErrors(found);
    setIsSubmitting(true);
    const result = await submitApplication(posting, {
      answers: values,
      ...(codeSentTo !== undefined && { securityCode }),
    });
    setIsSubmitting(false);
    switch (result.kind) {
      case "accepted":
        return onAccepted(result.applicationId);
      case "invalid":
        setBanner("Your application was not accepted. Please correct the fields marked below.");
        return showErrors(result.errors);
      case "captcha-failed":
        setSecurityCode("");
        return setCodeSentTo(result.recipient);
      case "already-applied":
        return onRefused(result.message);
      case "error":
        return setBanner(result.message);
    }
  }

  function handleSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!isSubmitting) void submit();
  }

  const isCodeMissing = codeSentTo !== undefined && securityCode.length < codeLength;
  const beforePhone = form.applicant.filter(({ id }) => !isAfterEmail(id));
  const location = form.applicant.filter(({ id }) => id === "candidate-location");
  return (
    <form
      id="application-form"
      className="application--form"
      noValidate
      onSubmit={handleSubmit}
      aria-busy={isSubmitting}
    >
      <h2 className="form-header">{posting.words.apply}</h2>
      <p className="required-note">
        <span className="required">*</span> indicates a required field
      </p>
      {banner !== undefined && (
        <div className="form-banner" role="alert">
          {banner}
        </div>
      )}
      <Section fields={beforePhone} context={context} />
      <PhoneInput fields={form.applicant} context={context} />
      <Section fields={location} context={context} />
      <Section fields={form.documents} context={context} />
      {form.lists.map((list) => (
        <RowListSection key={list.title} list={list} context={context} />
      ))}
      <Section fields={form.questions} context={context} />
      {form.equalOpportunity.length > 0 && (
        <div className="eeoc">
          <h3>{posting.words.voluntary}</h3>
          <p>
            Answering is voluntary. The answer is kept apart from your application and plays no part
            in any decision about it.
          </p>
          <Section fields={shownOf(form.equalOpportunity, values)} context={context} />
        </div>
      )}
      {codeSentTo !== undefined && (
        <SecurityCode recipient={codeSentTo} onChange={setSecurityCode} />
      )}
      <div className="application--submit">
        <button type="submit" className="btn" disabled={isSubmitting || isCodeMissing}>
          {isSubmitting ? "Submitting…" : posting.words.submit}
        </button>
      </div>
    </form>
  );
}

function isAfterEmail(id: string): boolean {
  return id === "country" || id === "phone" || id === "candidate-location";
}

/** The list of origins is asked for only of those who do not say that they are Hispanic or Latino. */
function shownOf(fields: readonly FormField[], values: FieldValues): readonly FormField[] {
  const said = values["hispanic_ethnicity"] ?? "";
  return fields.filter(({ id }) => id !== "race" || (said !== "" && said !== "Yes"));
}

interface SectionProps {
  readonly fields: Posting["form"]["applicant"];
  readonly context: FieldContext;
}

function Section({ fields, context }: SectionProps) {
  return fields.map((field) => <FieldControl key={field.id} field={field} context={context} />);
}
