import type { FieldValue, FormField } from "@valet/contracts";
import { chooseOption } from "./choose-option.ts";
import { type Fact, isClosedQuestion, takesText } from "./fact.ts";

/** A fact in the form the control takes, or undefined when the control cannot say it. */
export function fitValue(field: FormField, fact: Fact): FieldValue | undefined {
  if (takesText(field)) return fitText(field, fact);
  switch (field.kind) {
    case "file":
      return fact.texts[0];
    case "checkbox":
      return fact.isTrue;
    case "checkbox-group":
    case "listbox":
      return fitList(field, fact);
    case "combobox":
      return fitCombobox(field, fact);
    case "select":
    case "radio-group":
    case "button-group":
      return fact.isList === true && fact.texts.length > 1 ? undefined : firstOption(field, fact);
    default:
      return undefined;
  }
}

function fitText(field: FormField, fact: Fact): string | undefined {
  const { texts, isList, isTrue, source, isWorded } = fact;
  const { kind } = field;
  const isRead = isWorded === true || source === "savedAnswer";
  if (isTrue !== undefined && !isRead && !isClosedQuestion(field)) return undefined;
  const text = isList === true ? texts.join(", ") : texts[0];
  if (text === undefined) return undefined;
  if (kind === "number" && !/^-?\d+(\.\d+)?$/u.test(text)) return undefined;
  return kind === "date" ? fitDate(field, text) : text;
}

/** A month is no day: nobody says which of them. */
function fitDate({ precision }: FormField, text: string): string | undefined {
  const [, month, day] = /^(\d{4}-\d{2})(-\d{2})?$/u.exec(text) ?? [];
  if (precision === "month") return month;
  return day === undefined ? undefined : text;
}

function firstOption(field: FormField, { texts }: Fact): string | undefined {
  const { options, meaning, label } = field;
  for (const wanted of texts) {
    const option = chooseOption({ options, wanted, meaning, label });
    if (option !== undefined) return option;
  }
  return undefined;
}

function fitList(field: FormField, fact: Fact): string[] | undefined {
  const { options, meaning } = field;
  if (fact.isList !== true) {
    const option = firstOption(field, fact);
    return option === undefined ? undefined : [option];
  }
  const chosen = fact.texts.map((wanted) => chooseOption({ options, wanted, meaning }));
  const known = chosen.filter((option) => option !== undefined);
  return known.length === chosen.length && known.length > 0 ? known : undefined;
}

/** Without a list to choose from, the wordings to look for, best first. */
function fitCombobox(field: FormField, fact: Fact): FieldValue | undefined {
  if (field.options.length === 0) {
    return fact.texts.length === 1 ? fact.texts[0] : [...fact.texts];
  }
  if (fact.isList === true && fact.texts.length > 1) return fitList(field, fact);
  return firstOption(field, fact);
}
