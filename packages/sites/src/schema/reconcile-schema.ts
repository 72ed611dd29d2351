import type { FormField } from "@valet/contracts";
import type { FormPage } from "@valet/forms";
import type { PublishedField, PublishedSchema } from "./published-schema.ts";

/** Something a published form and the page that shows it do not agree on. */
export type SchemaDisagreement =
  /** Published as required, and the page does not ask it. */
  | { readonly kind: "missing"; readonly published: PublishedField }
  /** The page requires it, and it is not published. */
  | { readonly kind: "unpublished"; readonly field: FormField }
  /** Both offer choices, and not the same ones. */
  | {
      readonly kind: "options";
      readonly published: PublishedField;
      readonly field: FormField;
      readonly onlyPublished: readonly string[];
      readonly onlyOnPage: readonly string[];
    };

/** Lists this long show a part of what they have until one searches. */
const longestWholeList = 99;

/**
 * What a published form and the page say differently. A form that goes on to another page may ask there
 * what this one lacks, so of such a page nothing is `missing`.
 */
export function reconcileSchema(
  { fields: published, isFirstPageOnly }: PublishedSchema,
  { fields, buttons }: Pick<FormPage, "fields" | "buttons">,
): SchemaDisagreement[] {
  const shown = fields.filter(({ visible }) => visible);
  const pairs = pairUp(published, shown);
  if (isFirstPageOnly === true && isOtherPage(published, pairs)) return [];
  const isPaired = new Set([...pairs.values()].flat().map(({ id }) => id));
  const missing = published.filter(
    (one) => one.required && one.mayBeAbsent !== true && !pairs.has(one),
  );
  const unpublished = shown.filter(
    ({ id, required, policy }) => required && policy !== "never" && !isPaired.has(id),
  );
  return [
    ...(isFirstPageOnly === true || buttons.next === undefined ? missing : []).map((one) =>
      missingOf(one),
    ),
    ...unpublished.map((field): SchemaDisagreement => ({ kind: "unpublished", field })),
    ...[...pairs].flatMap(([one, [field]]) => optionsOf(one, field)),
  ];
}

/** Most of what the first page must have is not on it. */
function isOtherPage(
  published: readonly PublishedField[],
  pairs: ReadonlyMap<PublishedField, unknown>,
): boolean {
  const required = published.filter((one) => one.required);
  return required.filter((one) => pairs.has(one)).length * 2 < required.length;
}

function missingOf(published: PublishedField): SchemaDisagreement {
  return { kind: "missing", published };
}

/** The controls of each published question that is on the page: those of its names, else one of its label. */
function pairUp(
  published: readonly PublishedField[],
  shown: readonly FormField[],
): Map<PublishedField, readonly FormField[]> {
  const pairs = new Map<PublishedField, readonly FormField[]>();
  const taken = new Set<FormField>();
  const take = (one: PublishedField, of: readonly FormField[]): void => {
    if (of.length === 0) return;
    pairs.set(one, of);
    for (const field of of) taken.add(field);
  };
  const ways = [isCalled, isCalledAndNumbered, isLabelled, isMeant];
  const ofName: readonly unknown[] = [isCalled, isCalledAndNumbered];
  for (const isSame of ways) {
    for (const one of published) {
      if (pairs.has(one)) continue;
      const found = shown.filter((field) => !taken.has(field) && isSame(one, field));
      take(one, ofName.includes(isSame) ? found : found.slice(0, 1));
    }
  }
  return pairs;
}

function isCalled(one: PublishedField, field: FormField): boolean {
  const names = namesOf(one);
  return codesOf(field).some((code) => names.includes(code));
}

/** Rows and repeated controls carry a number behind the name: `school--0`, `consent_1`. */
function isCalledAndNumbered(one: PublishedField, field: FormField): boolean {
  const names = namesOf(one);
  return codesOf(field).some((code) => names.includes(code.replace(/[-_]{1,2}\d+$/u, "")));
}

function isLabelled({ label }: PublishedField, field: FormField): boolean {
  const words = folded(label);
  return words !== "" && words === folded(field.label);
}

function isMeant({ meanings = [] }: PublishedField, { meaning }: FormField): boolean {
  return meanings.includes(meaning);
}

function namesOf({ name, alternatives = [] }: PublishedField): string[] {
  return [name, ...alternatives].map((one) => withoutBrackets(one));
}

function codesOf({ domId = "", name = "" }: FormField): string[] {
  return [domId, name].filter((code) => code !== "").map((code) => withoutBrackets(code));
}

function withoutBrackets(name: string): string {
  return name.replace(/\[\]$/u, "");
}

function optionsOf(published: PublishedField, field: FormField | undefined): SchemaDisagreement[] {
  if (field === undefined) return [];
  const { options } = field;
  // A list that is drawn when it is opened offers nothing yet, or only its prompt.
  if (options.every((option) => isPrompt(option)) || published.options.length === 0) return [];
  const isWhole = published.options.length <= longestWholeList;
  const onlyPublished = isWhole ? without(published.options, options) : [];
  const onlyOnPage = without(options, published.options).filter((option) => !isPrompt(option));
  if (onlyPublished.length === 0 && onlyOnPage.length === 0) return [];
  return [{ kind: "options", published, field, onlyPublished, onlyOnPage }];
}

function without(options: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others.map((other) => folded(other)));
  return options.filter((option) => !known.has(folded(option)));
}

/** What a list shows while nothing is chosen. */
function isPrompt(option: string): boolean {
  return folded(option) === "" || prompts.test(option.trim());
}

const prompts =
  /^(?:(?:please|bitte|veuillez|por favor,?|per favore,?|proszę) )?(?:select|choose|pick one|(?:aus)?wähl|sélectionne|choisi|seleccion|elija|elige|selecion|escolh|selezion|scegli|selecteer|kies|maak een keuze|wybierz)/iu;

function folded(text: string): string {
  const letters = text.normalize("NFKC").toLowerCase();
  return letters.replace(/[^\p{L}\p{N}+#]+/gu, " ").trim();
}
