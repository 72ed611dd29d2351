import type { FieldKind, FormField, Meaning } from "@valet/contracts";
import { autocompleteMeaning } from "./autocomplete-meanings.ts";
import { coreQuestion, labelReadings, plainText } from "./core-question.ts";
import type { MeaningRule } from "./meaning-rule.ts";
import { meaningRules } from "./meaning-rules.ts";
import { unscramble } from "./mojibake.ts";
import { meaningOfOptions } from "./option-evidence.ts";

/** What is known about a field before it is understood. */
export interface FieldFacts {
  readonly kind: FieldKind;
  readonly inputType?: string;
  readonly label: string;
  /** Name of the fieldset or group around it. */
  readonly group?: string;
  readonly placeholder?: string;
  /** Other names it carries: ARIA name, title. */
  readonly hint?: string;
  readonly name?: string;
  readonly domId?: string;
  readonly autocomplete?: string;
  readonly options: readonly string[];
  readonly maxLength?: number;
  /** Why it is a trap for programs, if it is one. */
  readonly trap?: string | null;
  readonly isSearchRegion?: boolean;
}

export interface AssignedMeaning {
  readonly meaning: Meaning;
  readonly confidence: number;
  readonly why: string;
  readonly policy: FormField["policy"];
}

export type Finding = Omit<AssignedMeaning, "policy">;

/** What a field asks for, from its own words and marks alone. */
export function assignMeaning(facts: FieldFacts): AssignedMeaning {
  const key = JSON.stringify(facts);
  const known = assigned.get(key);
  if (known !== undefined) return known;
  const finding = findMeaning(facts);
  const result = { ...finding, policy: policyOf(finding.meaning) };
  if (assigned.size >= mostRemembered) assigned.clear();
  assigned.set(key, result);
  return result;
}

/** A page is read many times while it is filled, and its questions stay the same. */
const assigned = new Map<string, AssignedMeaning>();
const mostRemembered = 2_000;

const neverFilled = /^(honeypot|captcha|search|payment\.|account\.password)/u;
const factsOrPerson =
  /^(workAuth|compliance|salary|eeo|consent|attestation)\.|^(pronouns(\.other)?|question|unknown)$/u;

/** "ask": only a stored fact or the person may answer; "never": not even those. */
export function policyOf(meaning: Meaning): FormField["policy"] {
  if (neverFilled.test(meaning)) return "never";
  return factsOrPerson.test(meaning) ? "ask" : "fill";
}

function findMeaning(facts: FieldFacts): Finding {
  const finding = meaningOf(facts);
  if (finding.meaning !== "pronouns" || facts.kind !== "text") return finding;
  const codeNames = splitKey(`${facts.name ?? ""} ${facts.domId ?? ""}`);
  return /custom|other/u.test(codeNames)
    ? found("pronouns.other", 0.85, "it takes pronouns the list beside it lacks")
    : finding;
}

function meaningOf(given: FieldFacts): Finding {
  const { trap, autocomplete = "" } = given;
  if (trap !== undefined && trap !== null)
    return { meaning: "honeypot", confidence: 0.95, why: trap };
  if (given.kind === "password") return found("account.password", 0.99, "it is a password field");
  if (given.inputType === "search" || given.isSearchRegion === true) {
    return found("search", 0.95, "it belongs to a search");
  }
  const facts = { ...given, label: unscramble(given.label) };
  if (aboutOthers.test(`${facts.group ?? ""} ${facts.label}`) && facts.kind !== "file") {
    return found("question", 0.6, "it asks about another person");
  }
  const declared = autocompleteMeaning(autocomplete);
  const asked = matchLabel(facts);
  if (declared !== undefined && !isOverruled(declared, asked?.meaning, facts.kind)) {
    return found(declared, 0.98, `the site declares autocomplete ${quoted(autocomplete)}`);
  }
  const listed = meaningOfOptions(facts.options);
  if (listed !== undefined && yieldsToOptions(asked?.meaning)) {
    return found(listed, 0.9, "its choices say so");
  }
  if (asked !== undefined && facts.kind === "email" && !/^(email|account)/u.test(asked.meaning)) {
    return found("email", 0.8, "it is of type email");
  }
  if (asked?.meaning === "address.region" || asked?.meaning === "location") {
    const key = `${splitKey(facts.name ?? "")} ${splitKey(facts.domId ?? "")}`;
    if (/countr(y|ies)/u.test(key) && !/state|region|province|city|location/u.test(key)) {
      return found("address.country", 0.8, "its name or id says which place its label means");
    }
  }
  if (asked !== undefined && asked.meaning !== "unknown") return asked;
  if (asked === undefined) {
    const other = matchHints(facts) ?? matchKey(facts) ?? typeMeaning(facts);
    if (other !== undefined) return other;
  }
  if (isQuestion(facts)) return found("question", 0.6, "it asks something only the person knows");
  return found("unknown", 0.3, "nothing says what it asks for");
}

/** Names and addresses that are not the applicant's. */
const aboutOthers =
  /\b(referees?|references?|emergency|(hiring )?manager'?s?|supervisor'?s?|parent|guardian|next of kin|who referred|referred by|referrer|spouse'?s?|friend'?s|child(ren)?'?s?|bab(y|ies)'?s?|ansprechpartner|notfall\w*|urgence|emergencia|emergenza)\b/iu;

export function found(meaning: Meaning, confidence: number, why: string): Finding {
  return { meaning, confidence, why };
}

function quoted(text: string): string {
  const words = text.replace(/\s+/gu, " ").trim();
  return `"${words.length > 60 ? `${words.slice(0, 59)}…` : words}"`;
}

/** The label tells apart what autocomplete has one token for, and what the site declares only to keep browsers out. */
function isOverruled(declared: Meaning, asked: Meaning | undefined, kind: FieldKind): boolean {
  if (declared === "account.password") return true;
  if (asked === undefined || asked === declared || asked === "unknown") return false;
  if (declared === "account.username") return true;
  if (asked === "email.confirm" && declared === "email") return true;
  if (asked === "email" && declared === "phone") return true;
  if (asked === "phone.countryCode" && declared === "address.country") return true;
  if (asked === "address.line2" && declared === "address.line1") return true;
  if (asked === "payment.other" || (asked === "email" && kind === "email")) return true;
  if (asked === "name.preferred") return declared.startsWith("name.");
  if (asked === "name.full") return false;
  return /^(workAuth|compliance|eeo|consent|attestation)\./u.test(asked);
}

/** Words such as "Region" stand over lists of countries too. */
function yieldsToOptions(asked: Meaning | undefined): boolean {
  return asked === undefined || /^(location|address\.|phone\.|question$|work\.title)/u.test(asked);
}

function matchLabel(facts: FieldFacts): Finding | undefined {
  const { kind, group = "", label } = facts;
  const readings = labelReadings(label);
  // A lone consent box often carries its statement in the group's name.
  if (kind === "checkbox" && group !== "") readings.push(coreQuestion(`${group} ${label}`));
  if (readings.length === 0) readings.push("");
  const whole = ruleFor(facts, plainText(label));
  if (
    whole !== undefined &&
    /^(payment|captcha|account\.password|email\.confirm)/u.test(whole.meaning)
  ) {
    return found(whole.meaning, 0.95, `its label ${quoted(label)} asks for it`);
  }
  for (const [index, text] of readings.entries()) {
    const rule = ruleFor(facts, text);
    if (rule === undefined) continue;
    return found(rule.meaning, index === 0 ? 0.95 : 0.88, `its label ${quoted(label)} asks for it`);
  }
  return undefined;
}

function ruleFor(facts: FieldFacts, text: string): MeaningRule | undefined {
  return meaningRules.find(
    (rule) => fits(rule, facts) && rule.label?.test(text) === true && rule.not?.test(text) !== true,
  );
}

/** What a placeholder, an ARIA name or a title says where the label says nothing. */
function matchHints(facts: FieldFacts): Finding | undefined {
  if (isLongQuestion(facts)) return undefined;
  const hints = [facts.placeholder ?? "", ...(facts.hint ?? "").split(" | ")];
  for (const hint of hints) {
    const text = unscramble(hint);
    for (const reading of labelReadings(text)) {
      const rule = ruleFor(facts, reading);
      if (rule !== undefined && rule.meaning !== "unknown") {
        return found(rule.meaning, 0.85, `the hint ${quoted(text)} in it asks for it`);
      }
    }
    if (/^\S+@\S+\.\w{2,}$/u.test(text.trim()))
      return found("email", 0.8, "its example is an e-mail address");
    if (
      /^\+?[\d\s().-]{9,}$/u.test(text.trim()) &&
      /\d{3}/u.test(text) &&
      facts.kind !== "number"
    ) {
      return facts.kind === "tel"
        ? found("phone", 0.8, "its example is a phone number")
        : undefined;
    }
  }
  return undefined;
}

/** A full sentence that no row knows is a question of its own, whatever its field is called. */
function isLongQuestion({ label, kind }: FieldFacts): boolean {
  const words = label.split(/\s+/u).length;
  return kind === "email" ? false : words > 8 || (words > 5 && label.includes("?"));
}

function matchKey(facts: FieldFacts): Finding | undefined {
  if (/^e-?mail$/iu.test(facts.name ?? "") && facts.kind === "text") {
    return found("email", 0.8, `its name "${facts.name}" says so`);
  }
  if (isLongQuestion(facts)) return undefined;
  const label = plainText(facts.label);
  for (const key of [facts.name ?? "", facts.domId ?? ""]) {
    const words = splitKey(key);
    if (words === "") continue;
    const rule = meaningRules.find(
      (rule) =>
        fits(rule, facts) &&
        rule.key?.test(words) === true &&
        rule.not?.test(words) !== true &&
        rule.not?.test(label) !== true,
    );
    // "Property name" in a field called "name" is no person's.
    if (rule?.meaning === "name.full" && /\bname\b/iu.test(facts.label)) return undefined;
    if (rule !== undefined && rule.meaning !== "unknown") {
      return found(rule.meaning, 0.78, `its name or id ${quoted(key)} says so`);
    }
    const spoken = keyReadings(words)
      .map((reading) => ruleFor(facts, reading))
      .find((rule) => rule !== undefined && keyable.test(rule.meaning));
    if (spoken !== undefined) {
      return found(spoken.meaning, 0.72, `its name or id ${quoted(key)} says so`);
    }
  }
  return undefined;
}

const keyable = /^(name|email|phone|address|birthdate|url|account|payment)(\.|$)/u;

/** `profile_nome` and `submitted_cognome` name their field in their last words. */
function keyReadings(words: string): string[] {
  const parts = words
    .split("_")
    .filter((part) => !/^(\d+|cell|line|land|by|ad|via|text)$/u.test(part));
  return [parts.join(" "), parts.slice(-2).join(" "), parts.at(-1) ?? ""].filter(
    (reading, index) => reading !== "" && (index === 0 || !/^names?$/u.test(reading)),
  );
}

function fits(rule: MeaningRule, { kind, group = "" }: FieldFacts): boolean {
  if (rule.kinds !== undefined && !rule.kinds.includes(kind)) return false;
  return rule.group === undefined || rule.group.test(group.toLowerCase());
}

/** `cFirstName` and `applicant[first-name]` read alike: `first_name` with its neighbours. */
export function splitKey(key: string): string {
  return key
    .slice(0, 300)
    .replace(/([a-z])([A-Z])/gu, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "_")
    .replace(/^_|_$/gu, "");
}

function typeMeaning(facts: FieldFacts): Finding | undefined {
  const { kind, label, options, maxLength = -1 } = facts;
  if (options.length > 0) return undefined;
  if (kind === "email") return found("email", 0.75, "it is of type email");
  const isBare = label.split(/\s+/u).length <= 4;
  if (!isBare) return undefined;
  const words = plainText(`${label} ${facts.placeholder ?? ""} ${splitKey(facts.name ?? "")}`);
  if (kind === "tel" && (maxLength === -1 || maxLength >= 7) && !notPhone.test(words)) {
    return found("phone", 0.6, "it is of type tel");
  }
  return kind === "url" ? found("url.other", 0.6, "it is of type url") : undefined;
}

/** `tel` is also used to bring up the digits of a small keyboard. */
const notPhone =
  /\d|code|exp|card|cvv|cvc|pin\b|otp|token|zip|postal|date|year|month|day|amount|number of|ssn|birth|quantity|social|tax/u;

function isQuestion({ label, options, kind }: FieldFacts): boolean {
  if (label === "" || kind === "file") return false;
  if (/\?|:$/u.test(label) || options.length > 0) return true;
  return kind !== "text" || label.split(/\s+/u).length >= 4;
}
