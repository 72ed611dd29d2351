import type { FieldValue, FormField } from "@valet/contracts";

/** What the invented applicant answers when asked: always the same for the same question. */
export function answerAsPerson({ kind, label, options, precision }: FormField): FieldValue {
  if (kind === "checkbox") return true;
  const offered = options.filter(
    (option) => !/^(select|choose|bitte|sélect|selecc)/iu.test(option),
  );
  const [first] = offered;
  if (first !== undefined) return kind === "checkbox-group" ? [first] : first;
  if (precision === "month") return "2027-01";
  // Many pickers are lines of text to whoever reads the form.
  if (kind === "date" || asksForDay.test(label)) return "2027-01-15";
  if (kind === "number") return "8";
  if (kind === "url") return "https://ada.example.com";
  if (kind === "tel") return "+1 303 555 0142";
  return `Asked and answered: ${label.slice(0, 40)}`;
}

const asksForDay =
  /\bdate\b|\bstart\?|datum|anfangen\?|\bdébut\b|commencer \?|\bfecha\b|empezar\?/iu;
