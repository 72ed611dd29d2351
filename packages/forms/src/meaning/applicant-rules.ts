import { choiceKinds, lineKinds, type MeaningRule } from "./meaning-rule.ts";

/** Who the applicant is, where to be reached, what the résumé says, what they would like. */
export const applicantRules: readonly MeaningRule[] = [
  // Pay, dates, preferences.
  { meaning: "salary.currency", label: /\bcurrency\b/, key: /currency/i },
  {
    meaning: "salary.period",
    label: /(salary|pay|compensation) (period|frequency|basis|type)|^per (hour|year|month)/,
  },
  {
    meaning: "salary.expected",
    label:
      /\b(salary|compensation|pay|remuneration|wage|rate)\b.*\b(expect|desire|requirement|range|target|seeking|looking|request)|\b(expected|desired|target|minimum|preferred)\b.*\b(salary|compensation|pay|remuneration|wage|(hourly|daily|day) rate)\b|^(salary|compensation)( expectations?)?$/,
    key: /salary|compensation|desired_?pay/i,
    not: /current (salary|compensation|pay)|last (salary|drawn)|salary history/,
  },
  {
    meaning: "noticePeriod",
    label: /notice period|how much notice|notice (do|must|are) you/,
    key: /notice_?period/i,
  },
  {
    meaning: "startDate",
    label:
      /(earliest|possible|available|availability|desired|preferred|expected|anticipated) (possible )?(start|to start|joining)|(when|how soon) (can|could|are|would) you.*(start|join|available|begin)|^start date$|^(availability|available from|date available)( date)?$|available to (start|begin)/,
    key: /available_?(from|date)|earliest_?start|availability/i,
    group: /^(?!.*(employment|experience|education|work history)).*$/,
  },
  {
    meaning: "otherOffers",
    label: /\b(other|competing|pending|outstanding|existing|any)\b.*\b(job )?offers?\b/,
    key: /other_?offers?/i,
  },
  { meaning: "relocation", label: /\brelocat(e|ion|ing)\b/, key: /relocat/i },
  {
    meaning: "onsite",
    label:
      /\bon[- ]?site\b|\bin[- ](the )?(office|person)\b|\bhybrid\b|work from (our|the) office|\bcommut/,
    key: /onsite|hybrid/i,
  },
  {
    meaning: "travel",
    label:
      /\b(willing|able|available|comfortable|percentage|how much|amount|required|open)\b.*\btravel|^travel\b/,
    key: /travel/i,
  },
  {
    meaning: "referralSource",
    label:
      /how (did|have) you (first )?(hear|find|learn|come across|discover|become aware)|where did you (hear|find|see|learn)|^(referral )?source$|how you heard|(hear|heard|learn) about (us|this|the|our)/,
    key: /referral_?source|hear_?about|^source$|how_?did_?you/i,
  },

  // Name.
  {
    meaning: "name.preferred",
    label:
      /^preferred( first| full)? name|(name|what).*\b(prefer|go by|(like|want) to be (called|addressed)|known (as|by)|use throughout)|^(nickname|known as|goes by|chosen name)$/,
    key: /preferred_?(first_?)?name|nick_?name/i,
  },
  {
    meaning: "name.first",
    label:
      /^(legal |preferred legal )?(first|given|fore)[ -]?names?$|^first$|^vorname$|^prénom$|^nombre$/,
    key: /(^|[^a-z])(first|given|f)_?names?([^a-z]|$)|forename|vorname|prenom/i,
    kinds: lineKinds,
  },
  {
    meaning: "name.middle",
    label: /^(legal )?middle( name| initial)?s?( or initial)?$/,
    key: /middle_?(name|initial)/i,
    kinds: lineKinds,
  },
  {
    meaning: "name.last",
    label:
      /^(legal )?(last|family|sur)[ -]?names?$|^last$|^nachname$|^nom( de famille)?$|^apellidos?$|^surname$/,
    key: /(^|[^a-z])(last|family|l)_?names?([^a-z]|$)|surname|nachname/i,
    kinds: lineKinds,
  },
  {
    meaning: "name.full",
    label:
      /^(full |legal |complete |legal full |full legal |candidate |applicant )*name( \(.*\))?$|^(first (name )?(and|&) (last|family|sur) ?name)s?$|^name and surname$/,
    key: /^(full_?name|name|your_?name|candidate_?name|applicant_?name)$/i,
    kinds: lineKinds,
  },

  // Reaching the applicant.
  {
    meaning: "email.confirm",
    label:
      /(confirm|re-?(enter|type)|repeat|verify|again).*\be-?mail|\be-?mail.*(confirm|again|re-?(enter|type))/,
    key: /(confirm|verify|repeat|re)_?email|email_?(confirm|verify|repeat|2)/i,
    kinds: lineKinds,
  },
  {
    meaning: "email",
    label:
      /^(primary |personal |contact |work )?e-?mail([ -]?address| id)?s?( \(.*\))?$|^what is .*\be-?mail( address)?$/,
    key: /(^|[^a-z])e_?mail(_?address)?([^a-z]|$)/i,
    kinds: lineKinds,
  },
  {
    meaning: "phone.countryCode",
    label:
      /(country|dial(l?ing)?|phone|calling|area|international)( phone| calling| dial(l?ing)?)? (code|prefix)|^phone country$|^selected country$/,
    key: /(phone|tel|mobile)_?country|country_?(phone_?)?code$|dial_?code/i,
    kinds: [...choiceKinds, "text", "tel"],
    not: /\biso\b/,
  },
  {
    meaning: "phone.countryCode",
    label: /^country$|^$/,
    group: /\b(phone|telephone|mobile)\b/,
    kinds: choiceKinds,
  },
  {
    meaning: "unknown",
    label: /\bphone (device )?type\b|\bextension\b|emergency|^fax\b/,
    key: /phone_?type|extension|emergency|(^|_)fax/i,
  },
  {
    meaning: "phone",
    label:
      /^(primary |personal |contact |home |daytime )?(mobile|cell(ular)?|tele)?[ -]?phone( ?number| no\.?)?( \(.*\))?$|^(mobile|cell|contact|telephone|tel)( ?number| no\.?| phone( number)?)?\.?$|^what is .*\bphone number$/,
    key: /(^|[^a-z])(phone|mobile|cell|telephone|tel)(_?(number|no|phone))?([^a-z]|$)/i,
    kinds: lineKinds,
  },

  // Place.
  {
    meaning: "address.line2",
    label: /address (line )?2|^(apt|apartment|suite|unit)\b/,
    key: /address_?(line_?)?2|addr2|apartment|suite/i,
    kinds: lineKinds,
  },
  {
    meaning: "address.line1",
    label:
      /^(street|home|mailing|postal|residential|current|permanent)? ?address( line)?( ?1)?( \(.*\))?$|^street( name| and number)?$/,
    key: /address_?(line_?)?1|street(_?address)?|(^|[^a-z])address$/i,
    kinds: [...lineKinds, "textarea"],
    not: /e-?mail|\bip\b|\bweb\b/,
  },
  {
    meaning: "location",
    label:
      /^(current |home |candidate )?location( \(.*\))?$|^(current )?(city|town),? ?(and|&|\/|,)? ?(state|country|province).*$|where (are you|do you) .*(locat|based|live|resid)|^location \(city\)$/,
    key: /candidate[-_]?location|location[-_]?input|(^|[^a-z])location$/i,
    kinds: ["text", "combobox", "textarea"],
  },
  {
    meaning: "address.city",
    label:
      /^(current |home )?(city|town|municipality|suburb)( of residence)?( ?\/ ?town)?$|^(city|town) (and|or|\/) (city|town)$/,
    key: /(^|[^a-z])(city|town|locality)([^a-z]|$)/i,
  },
  {
    meaning: "address.region",
    label:
      /^(state|province|region|county|prefecture)( ?(\/|or|,) ?(state|province|region|county|territory))*( of residence)?$|which (u\.?s\.? )?state (do|are) you/,
    key: /(^|[^a-z])(state|province|region|county)([^a-z]|$)/i,
  },
  {
    meaning: "address.postalCode",
    label: /\b(zip|postal|post)[ -]?code\b|^(zip|postcode|plz)( \/ ?postal code)?$/,
    key: /zip(_?code)?|post(al)?_?code/i,
    kinds: lineKinds,
  },
  {
    meaning: "address.country",
    label:
      /^(current |home )?country(\/region)?( of residence| you (live|reside) in)?$|(which|what)( is your)?( current)? country.*(live|resid|locat|based|of residence)|country of residence|country.*(do you|are you) .*(live|resid|locat|based)/,
    key: /(^|[^a-z])country([^a-z]|$)/i,
  },

  // Birth date.
  {
    meaning: "birthdate.day",
    label: /^(birth )?day( of birth)?$/,
    group: /birth/,
    kinds: [...choiceKinds, ...lineKinds],
  },
  {
    meaning: "birthdate.month",
    label: /^(birth )?month( of birth)?$/,
    group: /birth/,
    kinds: [...choiceKinds, ...lineKinds],
  },
  {
    meaning: "birthdate.year",
    label: /^(birth )?year( of birth)?$/,
    group: /birth/,
    kinds: [...choiceKinds, ...lineKinds],
  },
  {
    meaning: "birthdate",
    label: /\b(date of birth|birth ?date|birthday|dob)\b/,
    key: /birth_?(date|day)|date_?of_?birth|(^|[^a-z])dob([^a-z]|$)/i,
    kinds: lineKinds,
  },

  // Links.
  {
    meaning: "url.linkedin",
    label: /linked ?in/,
    key: /linked_?in/i,
    kinds: lineKinds,
    not: /how did you/,
  },
  { meaning: "url.github", label: /\bgit ?hub\b/, key: /git_?hub/i, kinds: lineKinds },
  {
    meaning: "url.other",
    label:
      /\b(twitter|facebook|instagram|stack ?overflow|dribbble|behance|medium|x\.com|other (url|link|website))\b/,
    key: /twitter|facebook|instagram|dribbble|behance|urls?_?other/i,
    kinds: lineKinds,
  },
  {
    meaning: "url.portfolio",
    label:
      /^(link to )?(your )?(personal )?(portfolio|web ?site|web ?page|home ?page|blog)( ?(url|link|or .*|\/.*|and .*))?$|^portfolio\b|^(personal )?url$/,
    key: /portfolio|personal_?(site|web)|(^|[^a-z])website/i,
    kinds: lineKinds,
  },

  // Résumé facts.
  {
    meaning: "work.yearsOfExperience",
    label:
      /^(how many )?(total )?years of (total |overall )?(professional |work |working |work(ing)? )?experience( do you have)?( in total)?$|^total (years of )?(professional |work )?experience( \(.*\))?$/,
    key: /years_?of_?experience|total_?experience/i,
  },
  {
    meaning: "work.company",
    label:
      /^(current |most recent |current or most recent |current\/most recent |last |present )?(company|employer|organi[sz]ation)( name)?$/,
    key: /(^|[^a-z])(company|employer|organi[sz]ation|org)(_?name)?([^a-z]|$)/i,
    kinds: [...lineKinds, "combobox"],
  },
  {
    meaning: "work.title",
    label:
      /^(current |most recent |current or most recent |last |present )?(job |position )?(title|position)$|^current role$/,
    key: /(^|[^a-z])(job_?title|position|title)([^a-z]|$)/i,
    kinds: [...lineKinds, "combobox"],
  },
  {
    meaning: "work.summary",
    label: /^(job|role|work|position) (description|summary|responsibilities)$/,
    kinds: ["textarea"],
  },
  {
    meaning: "work.current",
    label: /currently work(ing)? here|(this is my )?current (job|role|position|employer)$/,
    kinds: ["checkbox"],
  },
  {
    meaning: "education.school",
    label:
      /^(name of )?(school|university|college|institution)( ?(\/|or|,) ?(school|university|college|institution))*( name| attended)?$/,
    key: /(^|[^a-z])(school|university|college|institution)(_?name)?([^a-z]|$)/i,
    kinds: [...lineKinds, "combobox", "select"],
  },
  {
    meaning: "education.degree",
    label:
      /^(highest )?(degree|level of education|education level)( type| obtained| attained| completed)?$|^highest (level of )?(education|qualification|degree).*$/,
    key: /(^|[^a-z])(degree|education_?level)([^a-z]|$)/i,
  },
  {
    meaning: "education.discipline",
    label: /^(discipline|major|field of study|area of study|course( of study)?|subject)$/,
    key: /discipline|(^|[^a-z])major([^a-z]|$)|field_?of_?study/i,
  },
  {
    meaning: "education.grade",
    label: /^(gpa|grade|grade point average|overall result.*|final grade)$/,
    key: /(^|[^a-z])gpa([^a-z]|$)/i,
  },
  {
    meaning: "education.startDate",
    label: /^(start|from)( date)?$/,
    group: /education|school|degree/,
  },
  {
    meaning: "education.endDate",
    label: /^((expected )?graduation|end|to)( date| year)?$|^(expected )?graduation date$/,
    group: /education|school|degree/,
  },
  {
    meaning: "work.startDate",
    label: /^(start|from)( date)?$/,
    group: /work|employment|experience/,
  },
  { meaning: "work.endDate", label: /^(end|to)( date)?$/, group: /work|employment|experience/ },
];
