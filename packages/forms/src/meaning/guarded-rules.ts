import type { FieldKind } from "@valet/contracts";
import { choiceKinds, type MeaningRule } from "./meaning-rule.ts";

const ticks: readonly FieldKind[] = [
  "checkbox",
  "checkbox-group",
  "radio-group",
  "select",
  "combobox",
];
const files: readonly FieldKind[] = ["file"];

/** What must never be filled, what only a stored fact or the person may answer, and the documents. */
export const guardedRules: readonly MeaningRule[] = [
  // What must never be filled.
  {
    meaning: "captcha",
    label: /\bcaptcha\b|(characters|text|code) (shown|in the image|you see)/,
    key: /captcha|g-recaptcha|cf-turnstile/i,
  },
  {
    meaning: "payment.other",
    label:
      /\b(card number|credit card|cvv|cvc|expiry date|iban|sort code|account number|routing number|cardholder)\b/,
    key: /card_?(number|num|no)|cc_?(num|exp|csc)|cvv|cvc\b|iban/i,
  },
  { meaning: "account.password", label: /\bpassword\b|^passcode$/, kinds: ["text", "password"] },
  {
    meaning: "search",
    label: /^(search|find)\b(?!.*firm)/,
    key: /^(q|s|query|search|keywords?)$/i,
    kinds: ["text"],
  },
  {
    meaning: "account.username",
    label: /^(user ?name|user ?id|login( name| id)?)$/,
    key: /^(user_?name|login|userid)$/i,
  },

  // Files.
  {
    meaning: "coverLetter",
    label:
      /cover(ing)? letter|letter of motivation|motivation letter|letter of intent|anschreiben|lettre de motivation/,
    key: /cover_?letter|motivation/i,
    kinds: [...files, "textarea"],
  },
  {
    meaning: "resume",
    label: /\br[eé]sum[eé]\b|\bcv\b|curriculum vitae|lebenslauf/,
    key: /resume|(^|[^a-z])cv([^a-z]|$)|curriculum/i,
    kinds: files,
  },

  // Work authorisation: sponsorship is named in many questions about authorisation, "without" reverses it.
  {
    meaning: "workAuth.authorized",
    label:
      /(authori[sz]ed|eligible|entitled|permitted|right|able).*\bwork\b.*without (the )?(need (for|of)|requiring|needing|any|visa|employer|company|a )?.*(sponsor|visa|permit)/,
  },
  {
    meaning: "workAuth.sponsorship",
    label:
      /\bsponsor(ship|ed|ing)?\b|(require|need)\b.*\b(work )?(visa|work permit|immigration (support|assistance))\b/,
    key: /sponsorship/i,
    not: /sponsor(ed|s)? (project|research|event)|executive sponsor/,
  },
  {
    meaning: "workAuth.status",
    label:
      /(visa|immigration|work (authori[sz]ation|permit)) (status|type|category)|(type|kind) of (visa|work (permit|authori[sz]ation))|right to work (status|type)/,
  },
  {
    meaning: "workAuth.authorized",
    label:
      /(authori[sz]ed|eligible|entitled|permitted|legal(ly)?|allowed|right|unrestricted) .*\bwork\b|\bright to work\b|work (authori[sz]ation|eligibility|permit)\b|legally work/,
    key: /work_?auth|right_?to_?work/i,
  },
  {
    meaning: "workAuth.citizenship",
    label: /\bcitizen(ship|s)?\b|^nationalit(y|ies)$|\bnational of\b/,
    key: /citizenship|nationality/i,
  },

  // Demographics.
  {
    meaning: "eeo.veteran",
    label: /\bveteran\b|protected veteran|military (status|service)|armed forces/,
    key: /veteran/i,
  },
  {
    meaning: "eeo.disability",
    label: /\bdisabilit(y|ies)\b|\bdisabled\b/,
    key: /disability/i,
    not: /accommodat|adjustment/,
  },
  {
    meaning: "eeo.hispanic",
    label: /\bhispanic\b|\blatin[oaxe]\b/,
    key: /hispanic/i,
    not: /\brace\b/,
  },
  {
    meaning: "eeo.race",
    label: /\brac(e|ial)\b|\bethnic(ity|ities| (background|origin|group))?\b/,
    key: /(^|[^a-z])race([^a-z]|$)|ethnicity/i,
  },
  { meaning: "eeo.orientation", label: /sexual orientation/, key: /sexual_?orientation/i },
  {
    meaning: "eeo.other",
    label:
      /\btransgender\b|\blgbt|\bage (range|group|bracket)\b|marital status|\breligio(n|us)\b|first[- ]generation|socio-?economic|caregiver|\bneurodiver/,
    key: /lgbt|marital/i,
  },
  { meaning: "pronouns", label: /\bpronouns?\b/, key: /pronouns?/i },
  {
    meaning: "eeo.gender",
    label: /^(sex|gender)( identity)?$|\bgender\b|identify (your|as).*\bsex\b|^legal sex$/,
    key: /(^|[^a-z])(gender|sex)([^a-z]|$)/i,
  },

  // Compliance.
  {
    meaning: "compliance.over18",
    label:
      /\b(18|eighteen)\b.*(years|age|older|over)|(at least|over|above) (18|eighteen)|\blegal (working )?age\b|minimum age/,
    key: /over_?18|at_?least_?18/i,
  },
  {
    meaning: "compliance.clearance",
    label:
      /security clearance|\bclearance (level|status)\b|(hold|possess|have|active).*\bclearance\b/,
    key: /clearance/i,
  },
  {
    meaning: "compliance.nonCompete",
    label:
      /non-?\s?compet|non-?\s?solicit|restrictive covenant|(agreement|obligation|restriction)s?\b.*\b(former|previous|prior|current|another|other|past) employer/,
    key: /non_?compete/i,
  },
  {
    meaning: "compliance.relativesEmployed",
    label:
      /\b(relatives?|family members?|related to|spouse|relationship with)\b.*\b(employ|work|company|here|anyone|staff)/,
    key: /relatives?/i,
  },
  {
    meaning: "compliance.governmentOfficial",
    label:
      /government (official|employee|entity|agency)|public official|politically exposed|\bpep\b/,
    key: /government_?official/i,
  },
  {
    meaning: "compliance.previouslyApplied",
    label:
      /\b(previous(ly)?|ever|before|already|past|in the last)\b.*\b(appl(y|ied|ication)|interview(ed)?)\b|\b(applied|interviewed)\b.*\b(before|previously|in the past)\b/,
    key: /previously_?applied/i,
  },
  {
    meaning: "compliance.previouslyEmployed",
    label:
      /\b(previous(ly)?|ever|before|former(ly)?|past)\b.*\b(work(ed|ing)? (for|at|with)|been employed|employed (by|at|with)|an? (former )?employee|employment with)\b|\b(worked|employed)\b.*\b(before|previously|in the past)\b|^(former|previous) (employee|worker)/,
    key: /previously_?employed|previous_?worker|former_?employee/i,
    kinds: [...choiceKinds, "text", "textarea"],
  },

  // Consents and attestations. Files and plain lines cannot consent.
  {
    meaning: "attestation.truth",
    label:
      /\b(certify|attest|affirm|declare|confirm|acknowledge|warrant)\b.*\b(true|truthful|accurate|correct|complete)\b|information.*\b(true|accurate|correct)\b/,
    key: /certif|attest|truth/i,
    kinds: ticks,
  },
  {
    meaning: "consent.marketing",
    label:
      /marketing|newsletter|talent (pool|community|network|bank)|job alerts?|(future|other) (opportunit|opening|role|position|vacanc|job)|\bpromotional\b|updates (about|on|from)/,
    key: /marketing|newsletter|talent_?(pool|community)/i,
    kinds: ticks,
  },
  {
    meaning: "consent.privacy",
    label:
      /\bprivacy\b|\bgdpr\b|data (protection|processing|policy)|personal (data|information)|process(ing)? (of )?my|(store|retain|keep) my (data|information|details|application)/,
    key: /privacy|gdpr|data_?(protection|consent|processing)/i,
    kinds: ticks,
  },
  {
    meaning: "attestation.other",
    label: /\b(certify|attest|affirm|declare|acknowledge|swear|i have read)\b|\bsignature\b/,
    kinds: [...ticks, "text"],
  },
  {
    meaning: "consent.other",
    label: /\b(i |you )?(agree|consent|accept|opt[- ]in)\b|terms (and|&|of)|\bsms\b|text messages?/,
    key: /consent|terms|agree/i,
    kinds: ticks,
  },
];
