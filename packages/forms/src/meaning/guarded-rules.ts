import type { FieldKind } from "@valet/contracts";
import { choiceKinds, lineKinds, type MeaningRule } from "./meaning-rule.ts";

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
    label:
      /\bcaptcha\b|\botp\b|(characters|text|letters|numbers|digits|code|word)s? (shown|(from|in|on) the (image|picture)|you see)|\bnot a robot\b|^(are you )?human\b|anti-?spam|\b(verification|confirmation|security|one[- ]?time|access|authentication|sms|2fa|otp|6-digit|six-digit|4-digit)( verification)? ?(code|pin|passcode|password)\b(?!.*card)|^(otp|pin|totp|captcha code|enter code|verification)$|^\d+ ?[-+x*] ?\d+ ?(=.*)?$|^[\d-]{1,4}$/,
    key: /captcha|g_?recaptcha|cf_?turnstile|verif\w*_?code|(^|_)(otp|totp|2fa|two_?factor|twofactor)(_|$)|otp_?(code|input)|security_?question|confirmation_?code|verification_(single_)?otp/i,
    kinds: [...lineKinds, "password", "textarea"],
  },
  {
    meaning: "payment.other",
    label:
      /\b(card (number|no|code)|(?<!green )card holder|credit card|debit card|cvv2?|cvc2?|csc|cid|iban|sort code|account number|routing number|cardholder|name on (the )?card|gift card|promo(tion(al)?)? code|coupon( code)?|voucher( code)?)\b|as (it )?(appears|shown|printed|written) on .{0,12}card/,
    key: /card_?(number|num|no|code|name|holder|exp)|cc_?(num|exp|csc|cvv|cvc|name|month|year)|(credit|debit)_?card|(^|_)(cvv|cvc|csc|cvn|ccv)2?(_|$)|(^|_)iban(_|$)|security_?code|sec_?code|(^|_)card(_|$)|promo_?code|coupon|gift_?card/i,
    not: /discard|business_?card/,
  },
  {
    // Permits, licences and documents run out too.
    meaning: "payment.other",
    label: /\bexpir(y|ation|es)\b|\bvalid (thru|until|through)\b|^mm ?\/ ?(yy|aa)$/,
    key: /exp(iry|iration|ire)?_?(date|month|year|mm|yy)|^exp$|expir/i,
    not: /expert|experience|export|expected|visa\b|permit|licen[cs]|passport|certif|registration|clearance|document|authori[sz]ation|identity|\bid\b|residence|contract|offer/,
  },
  {
    meaning: "account.password",
    label: /\bpassword\b|^passcode$/,
    key: /password|passwd|(^|_)pwd(_|$)/i,
    kinds: ["text", "password"],
  },
  {
    meaning: "search",
    label: /^(search|find)\b(?!.*(firm|address))|^(key ?word|job) search$|^search by\b/,
    key: /^(q|s|query|search|keywords?)$/i,
    kinds: ["text"],
  },
  {
    meaning: "account.username",
    label:
      /^(user ?name|user ?id|login( name| id)?|screen ?name|member (name|id)|account (name|id)|nick ?name|handle|display name|profile name)$|^(user ?name|login( id)?|user ?id|e-?mail|phone( number)?|mobile( number)?|account)( ?(address|number))?,?( ?(or|\/|,|and|&) ?)(user ?name|user ?id|login|customer|member|account|card|e-?mail|profile|skype)/,
    key: /^(user_?name|login|userid|user_?login|user_?id|login_?(id|name)|nick|nickname|screen_?name)$|(^|_)(user_?name|userid)$/i,
    kinds: lineKinds,
    not: /(phone|mobile|cell).*e-?mail|e-?mail.*(phone|mobile)/,
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
    not: /\b(expir|valid (until|thru|through)|number$)/,
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
  {
    meaning: "pronouns.other",
    label:
      /pronouns?.{0,12}(other|custom|self-? ?describe)|(other|custom|self-? ?describe).{0,12}pronouns?/,
    key: /(custom|other)_?pronouns?/i,
    kinds: lineKinds,
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
