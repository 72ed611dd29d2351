import type { FieldKind, FormField, Meaning } from "@valet/contracts";
import { autocompleteMeaning } from "./autocomplete-meanings.ts";
import type { MeaningRule } from "./meaning-rule.ts";
import { meaningRules } from "./meaning-rules.ts";

/** What is known about a field before it is understood. */
export interface FieldFacts {
  readonly kind: FieldKind;
  readonly inputType?: string;
  readonly label: string;
  /** Name of the fieldset or group around it. */
  readonly group?: string;
  readonly name?: string;
  readonly domId?: string;
  readonly autocomplete?: string;
  readonly options: readonly string[];
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

type Finding = Omit<AssignedMeaning, "policy">;

/** What a field asks for, from its own words and marks alone. */
export function assignMeaning(facts: FieldFacts): AssignedMeaning {
  const finding = findMeaning(facts);
  return { ...finding, policy: policyOf(finding.meaning) };
}

const neverFilled = /^(honeypot|captcha|search|payment\.|account\.password)/u;
const factsOrPerson =
  /^(workAuth|compliance|salary|eeo|consent|attestation)\.|^(pronouns|question|unknown)$/u;

/** "ask": only a stored fact or the person may answer; "never": not even those. */
function policyOf(meaning: Meaning): FormField["policy"] {
  if (neverFilled.test(meaning)) return "never";
  return factsOrPerson.test(meaning) ? "ask" : "fill";
}

function findMeaning(facts: FieldFacts): Finding {
  const { trap, autocomplete = "" } = facts;
  if (trap !== undefined && trap !== null)
    return { meaning: "honeypot", confidence: 0.95, why: trap };
  if (facts.kind === "password") return found("account.password", 0.99, "it is a password field");
  if (facts.inputType === "search" || facts.isSearchRegion === true) {
    return found("search", 0.95, "it belongs to a search");
  }
  if (aboutOthers.test(`${facts.group ?? ""} ${facts.label}`) && !files.has(facts.kind)) {
    return found("question", 0.6, "it asks about another person");
  }
  const declared = autocompleteMeaning(autocomplete);
  const asked = matchLabel(facts);
  if (declared !== undefined && !isOverruled(declared, asked)) {
    return found(declared, 0.98, `the site declares autocomplete "${autocomplete.trim()}"`);
  }
  const isForeign = asked === "unknown";
  if (asked !== undefined && !isForeign) return found(asked, 0.92, "its label asks for it");
  const keyed = isForeign ? undefined : matchKey(facts);
  if (keyed !== undefined) return found(keyed, 0.75, "its name or id says so");
  const typed = isForeign ? undefined : typeMeaning(facts);
  if (typed !== undefined) return found(typed, 0.7, `it is of type ${facts.kind}`);
  if (isQuestion(facts)) return found("question", 0.6, "it asks something only the person knows");
  return found("unknown", 0.3, "nothing says what it asks for");
}

/** Names and addresses that are not the applicant's. */
const aboutOthers =
  /\b(referees?|references?|emergency|(hiring )?manager'?s?|supervisor'?s?|parent|guardian|next of kin|who referred|referred by|referrer)\b/iu;

const files: ReadonlySet<FieldKind> = new Set(["file"]);

function found(meaning: Meaning, confidence: number, why: string): Finding {
  return { meaning, confidence, why };
}

/** The label tells apart what autocomplete has one token for. */
function isOverruled(declared: Meaning, asked: Meaning | undefined): boolean {
  if (asked === undefined || asked === declared || asked === "unknown") return false;
  if (asked === "email.confirm" && declared === "email") return true;
  if (asked === "phone.countryCode" && declared === "address.country") return true;
  if (asked === "name.preferred" || asked === "name.full") return declared.startsWith("name.");
  return /^(workAuth|compliance|eeo|consent|attestation)\./u.test(asked);
}

function matchLabel(facts: FieldFacts): Meaning | undefined {
  const core = coreQuestion(facts.label);
  // A lone consent box often carries its statement in the group's name.
  const texts =
    facts.kind === "checkbox" && facts.group !== undefined && facts.group !== ""
      ? [core, coreQuestion(`${facts.group} ${facts.label}`)]
      : [core];
  for (const text of texts) {
    const rule = meaningRules.find(
      (rule) =>
        fits(rule, facts) && rule.label?.test(text) === true && rule.not?.test(text) !== true,
    );
    if (rule !== undefined) return rule.meaning;
  }
  return undefined;
}

function matchKey(facts: FieldFacts): Meaning | undefined {
  // A full sentence that no row knows is a question of its own, whatever its field is called.
  if (facts.label.split(/\s+/u).length > 6) return undefined;
  for (const key of [facts.name ?? "", facts.domId ?? ""]) {
    const words = splitKey(key);
    if (words === "") continue;
    const rule = meaningRules.find(
      (rule) =>
        fits(rule, facts) && rule.key?.test(words) === true && rule.not?.test(words) !== true,
    );
    if (rule !== undefined) return rule.meaning;
  }
  return undefined;
}

function fits(rule: MeaningRule, { kind, group = "" }: FieldFacts): boolean {
  if (rule.kinds !== undefined && !rule.kinds.includes(kind)) return false;
  return rule.group === undefined || rule.group.test(group.toLowerCase());
}

/** `cFirstName` and `applicant[first-name]` read alike: `first_name` with its neighbours. */
function splitKey(key: string): string {
  return key
    .replace(/([a-z])([A-Z])/gu, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "_")
    .replace(/^_|_$/gu, "");
}

/** The question without the politeness around it, in lower case. */
export function coreQuestion(label: string): string {
  const text = label
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[’]/gu, "'")
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/[?.:!]+$/u, "");
  return text
    .replace(
      /^((please )?(enter|provide|type|add|input|fill in|specify|state|select|choose|tell us)|please confirm)( us)?( with)? (?=\w)/u,
      "",
    )
    .replace(/^what('s| is| are) (?=(your|the)\b)/u, "")
    .replace(/^(your|the|applicant'?s?|candidate'?s?) (?=\w)/u, "")
    .replace(/^(full )?url (of|to|for) (your )?/u, "")
    .trim();
}

function typeMeaning({ kind, label, options }: FieldFacts): Meaning | undefined {
  const isBare = label.split(/\s+/u).length <= 3 && options.length === 0;
  if (!isBare) return undefined;
  if (kind === "email") return "email";
  if (kind === "tel") return "phone";
  return kind === "url" ? "url.other" : undefined;
}

function isQuestion({ label, options, kind }: FieldFacts): boolean {
  if (label === "" || kind === "file") return false;
  if (/\?|:$/u.test(label) || options.length > 0) return true;
  return kind !== "text" || label.split(/\s+/u).length >= 4;
}
