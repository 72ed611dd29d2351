import { field, type FormField } from "../form-field.ts";
import type { Language } from "../postings/language.ts";
import { createRandom } from "../postings/random.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { genericWords } from "./generic-words.ts";

export interface GenericSection {
  readonly heading: string;
  readonly fields: readonly FormField[];
}

/** How a page puts a question and its control side by side. */
export type GenericLayout = "label-before" | "label-around" | "table";

/** The employer's own form: three pages of sections, then a look at everything. */
export interface GenericForm {
  readonly steps: readonly (readonly GenericSection[])[];
  /** Must arrive empty; each stands on every page. */
  readonly honeypots: readonly Honeypot[];
  readonly layout: GenericLayout;
  /** The way back is one more submit button of the form, in front of the one that leads on. */
  readonly isBackButton: boolean;
  /** Names of controls say nothing of what they ask. */
  readonly isNumbered: boolean;
}

export interface Honeypot {
  readonly field: FormField;
  readonly name: string;
  /** `name`: shown, and only its name or label warns; the others nobody sees. */
  readonly hiddenBy: "name" | "offscreen" | "height" | "opacity";
}

const layouts = ["label-before", "label-around", "table"] as const;

export function genericForm(posting: SeededPosting): GenericForm {
  const { seed, language, word, questions, equalOpportunity, hasCoverLetter } = posting;
  const say = (name: keyof typeof genericWords): string => genericWords[name][language];
  // A stream of numbers of its own: the posting's is the same on every site.
  const random = createRandom(seed + 500_000);
  const half = Math.ceil(questions.length / 2);
  const optional = { required: false };
  const letter = field({
    id: "cover_letter",
    label: word("coverLetter"),
    kind: "textarea",
    ...optional,
  });
  const documents = [
    field({ id: "resume", label: word("resume"), kind: "file" }),
    ...(hasCoverLetter ? [letter] : []),
  ];
  return {
    steps: [
      sections([say("details"), contact(posting)], [say("address"), address(posting)]),
      sections([say("documents"), documents], [say("experience"), questions.slice(0, half)]),
      sections(
        [say("questions"), questions.slice(half)],
        [word("voluntary"), equalOpportunity],
        [say("consents"), consent(posting)],
      ),
    ],
    honeypots: random.some(honeypotsIn(language), 2),
    layout: layouts[seed % layouts.length] ?? "label-before",
    isBackButton: random.chance(0.5),
    isNumbered: random.chance(0.5),
  };
}

export function allGenericFields({ steps, honeypots }: GenericForm): FormField[] {
  return [
    ...steps.flatMap((step) => step.flatMap(({ fields }) => fields)),
    ...honeypots.map((one) => one.field),
  ];
}

/** What the controls of one page are sent under. */
export function fieldsOfStep({ steps, honeypots }: GenericForm, step: number): FormField[] {
  const own = (steps[step] ?? []).flatMap(({ fields }) => fields);
  return [...own, ...honeypots.map((one) => one.field)];
}

export function nameIn(form: GenericForm): (field: FormField) => string {
  const all = allGenericFields(form);
  return ({ id }) => {
    const trap = form.honeypots.find((one) => one.field.id === id);
    if (trap !== undefined) return trap.name;
    return form.isNumbered ? `ctl_main_f${100 + all.findIndex((one) => one.id === id)}` : id;
  };
}

function sections(...all: readonly (readonly [string, readonly FormField[]])[]): GenericSection[] {
  return all
    .filter(([, fields]) => fields.length > 0)
    .map(([heading, fields]) => ({ heading, fields }));
}

function contact({ seed, word }: SeededPosting): FormField[] {
  const first = field({ id: "first_name", label: word("firstName"), kind: "text" });
  const last = field({ id: "last_name", label: word("lastName"), kind: "text" });
  const full = field({ id: "full_name", label: word("fullName"), kind: "text" });
  const email = field({ id: "email", label: word("email"), kind: "email" });
  const again = field({ id: "email_again", label: word("confirmEmail"), kind: "email" });
  return [
    ...(seed % 4 === 0 ? [full] : seed % 2 === 0 ? [last, first] : [first, last]),
    email,
    ...(seed % 3 === 1 ? [again] : []),
    field({ id: "phone", label: word("phone"), kind: "tel" }),
  ];
}

function address({ seed, word }: SeededPosting): FormField[] {
  const city = field({ id: "city", label: word("city"), kind: "text" });
  const linkedin = { id: "linkedin", label: "LinkedIn", kind: "url", required: false } as const;
  return [city, ...(seed % 2 === 0 ? [field(linkedin)] : [])];
}

function consent({ hasPrivacyConsent, word }: SeededPosting): FormField[] {
  const choices = [{ value: "yes", label: "yes" }];
  const label = word("privacyConsent");
  return hasPrivacyConsent ? [field({ id: "consent", label, kind: "checkbox", choices })] : [];
}

function honeypotsIn(language: Language): Honeypot[] {
  const { leaveEmpty } = genericWords;
  const trap = (name: string, label: string, hiddenBy: Honeypot["hiddenBy"]): Honeypot => ({
    field: field({ id: `honeypot_${name}`, label, kind: "text", required: false }),
    name,
    hiddenBy,
  });
  return [
    trap("hp_comment", "Comment", "name"),
    trap("contact_me", leaveEmpty[language], "name"),
    trap("fax", "Fax", "offscreen"),
    trap("company_url", "URL", "height"),
    trap("website", "Website", "opacity"),
  ];
}
