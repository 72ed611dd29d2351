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
      /^preferred( first| full)? name|(name|what).*\b(prefer|go by|(like|want) to be (called|addressed)|known (as|by)|use throughout)|^(nickname|known as|goes by|chosen name)$|^what (should|shall|may|can) we call you$/,
    key: /preferred_?(first_?)?name|nick_?name/i,
    kinds: lineKinds,
  },
  {
    meaning: "name.first",
    label:
      /^(legal |preferred legal |contact |billing |shipping |delivery |mailing |guest |cardholder )?(first|given|fore)[ -]?names?( \/ initial| as .*)?$|^first$|^(first|given) and middle names?$/,
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
      /^(legal |contact |billing |shipping |delivery |mailing |guest )?(last|family|sur)[ -]?names?( as .*)?$|^last$/,
    key: /(^|[^a-z])(last|family|l)_?names?([^a-z]|$)|surname|nachname/i,
    kinds: lineKinds,
  },
  {
    meaning: "name.full",
    label:
      /^(full |legal |complete |legal full |full legal |candidate |applicant |real |contact |billing |shipping |recipient'?s? |customer |guest |client |sender'?s? |author'?s? )*names?( \(.*\)| in full)?$|^(first ?(name )?(and|&|\/|\+|,) ?(last|family|sur) ?name)s?$|^(last|sur) ?name,? ?(and )?first ?name$|^name and (last |sur)name$|^name \/ .{0,20}name$|^(who are you)$/,
    key: /(^|_)(full|your|real|contact|candidate|applicant|customer|client|recipient|author|display_real)_?name$|^(name|fname_lname)$|^(form|comment|author|input|contact|user_real|nl|txt)_name$|^(input_|txt_?|contact_?|comment_?)?author$/i,
    not: /company|business|user_?name|property|site|project|card/,
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
      /^(primary |personal |contact |work |current |valid |existing |new |private |business |school |company |google |apple |customer |account |alternate |alternative |secondary |full )*e-?mail([ -]?(address|adress|addr|id|account|adresse))?s?( \(.*\))?( here)?$|^what is .*\be-?mail( address)?$|\b(phone|mobile|telephone|cell)\b.{0,20}\b(or|\/|and)\b.{0,12}\be-?mail\b|^e-?mail\b.{0,12}\b(or|\/)\b.{0,12}\b(phone|mobile)|^(enter|valid) .{0,20}e-?mail( address)?$|^e-?mail .{0,24}(address|required|format)$/,
    key: /(^|[^a-z])e_?mail(_?(address|addr|adress|id|field|input|box|text))?(_?\d+)?([^a-z]|$)|(^|_)(mail|courriel|correo)(_?(address|adresse))?$|e_?mail(_?address)?$/i,
    kinds: [...lineKinds, "combobox"],
    not: /verif\w*_?code|(code|otp|token)(_|$)|opt_?in|subscri\w*_?(box|check)|^fake|newsletter_type|e_?mail_?(type|format|subject|body|message)/,
  },
  {
    meaning: "phone.countryCode",
    label:
      /(country|dial(l?ing)?|phone|calling|area|international)( phone| calling| dial(l?ing)?)? (code|prefix)|^phone country$|^mobile prefix$|^selected country$/,
    key: /(phone|tel|mobile)_?country|country_?(phone_?)code$|(country|dial|calling)_?code$|dial_?code|area_?code/i,
    kinds: [...choiceKinds, "text", "tel"],
    not: /\biso\b|phone (number )?(with|including|and) |code,? (and|&|\+|plus) .*number|promo|zip|postal/,
  },
  {
    meaning: "phone.countryCode",
    label: /^(country|land|pays|pais|paese|kraj)$|^$/,
    group: /\b(phone|telephone|mobile)\b|\b(telefon|téléphone|teléfono|telefono|telefone)/,
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
      /^(primary |personal |contact |home |daytime |day |evening |work |business |office |billing |shipping |delivery |customer |your |valid |alternate |secondary |preferred |current |main )*((mobile|cell(ular)?|tele)?[ -]?phone|mobile|cell(ular)?|telephone|tel|handphone|hand phone)([ -]?(numbers?|no|nr|num|#))?\.?( \(.*\))?( \d)?$|^(contact|telephone|tel) ?(number|no)\.?$|^what is .*\bphone number$|^(phone|mobile|cell) .{0,12}(number|no)$|^(phone|mobile|telephone) (number )?(with|including|and) .*$|code,? (and|&|\+|plus) (phone|mobile|telephone) number$|^(best|preferred) (contact |phone |mobile )*number( to .*)?$/,
    key: /(^|[^a-z])(hand_?phone|phone|mobile|cell_?phone|telephone|tel|telefon|telefono|telefone)(_?(number|no|phone|nr|num|home|mobile|work|day|evening|field|input))?(_?\d+)?([^a-z]|$)|^cell$|(phone|telephone)(number|no|num)?$/i,
    kinds: [...lineKinds, "combobox"],
    not: /otp|verif|code(_|$)|_ext$|extension|model|type|fax/,
  },

  // Place.
  {
    meaning: "address.line2",
    label:
      /address[,:]? ?[(-]?(line )?(2|two)\b|^(apt|apartment|suite|unit|flat|building|floor|apt\/suite)\b|^(address )?line (2|two)$|^(second|additional) (line of )?address|^street (address )?(line )?2|address (complement|cont(inued|'d)?)$|^additional address/,
    key: /(address|addr|street|adresse?|direccion|endereco|indirizzo)_?(line_?)?(2|two)(_|$)|addr_?2|apartment|(^|_)(apt|suite|unit)(_?(no|number|num))?$|address_?(second|extra|additional)|street_?2/i,
    kinds: [...lineKinds, "combobox"],
  },
  {
    meaning: "address.line1",
    label:
      /^(full |street |home |mailing |postal |residential |current |permanent |physical |billing |shipping |delivery |business |work |company |your |complete |primary |search |house )*address,? ?-?( line)?( ?(1|one))?( \(.*\))?$|^(address )?line (1|one)$|^(address|street),? (line )?(1|one)$|^street( name| number| no| name and number| and (house )?number|,? number| address.*)?$|^(house|building|street|civic) (number|no)\.?( and street( name)?| or name.*)?$|^p\.? ?o\.? box$|^(shipping|billing) street( address)?$|^start typing .{0,20}address.*$|^(address|street) \((street|line).*$/,
    key: /(address|addr)_?(line_?)?(1|one)(_|$)|street(_?(address|name|number))?(_?1)?$|(^|[^a-z])(home_?|mailing_?|full_?|postal_?)?(address|addres|addr|adresse|direccion|indirizzo|endereco)$|(^|_)street(_|$)|civic_?number/i,
    kinds: [...lineKinds, "textarea", "combobox"],
    not: /e-?mail|\bip\b|\bweb\b|\burl\b|ip_?addr|saved/,
  },
  {
    meaning: "work.location",
    label: /^(job |work )?location$/,
    group:
      /\b(work|employment|job|professional) (experience|history)|^(employment|experience|previous job)/,
    kinds: ["text", "combobox"],
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
      /^(current |home |billing |shipping |mailing |delivery )*(city|town|municipality|suburb|locality|village)( of residence| name)?( ?\/ ?(town|city|suburb|locality))?$|^(city|town|suburb) ?(and|or|\/|,) ?(city|town|suburb|locality|village).*$|^post town$/,
    key: /(^|[^a-z])(city|town|locality|suburb|ville|ciudad|stadt|citta)(_?(name|field|input))?(_?\d+)?([^a-z]|$)|city$/i,
    not: /capacity|velocity|birth/,
  },
  {
    meaning: "address.region",
    label:
      /^(billing |shipping |mailing |delivery |home |us |u\.s\. )*(state|province|region|county|prefecture|territory|emirate)( ?(\/|or|,|&|and|-) ?(state|province|region|county|territory|prefecture))*( of residence|\/? ?code| name)?$|which (u\.?s\.? )?state (do|are) you/,
    key: /(^|[^a-z])(state|province|region|county|prefecture)(_?(code|name|id|field|province))?(_?\d+)?([^a-z]|$)/i,
    kinds: [...lineKinds, "select", "combobox", "listbox"],
    not: /statement|_state$.*button|marital/,
  },
  {
    meaning: "address.postalCode",
    label:
      /\b(zip|postal|post)[ -]?code\b|^(billing |shipping )?(zip|postcode|plz|postal)( ?\/ ?(postal( code)?|postcode))?$|^(zip|postal)( code)? ?(or|\/|and) ?(zip|postal)( code)?$|^(zip|postal) number$/,
    key: /zip(_?(code|postal))?([^a-z]|$)|(^|[^a-z])zip|post(al)?_?code|(^|_)(plz|postcode|code_postal|codigo_postal|cep|postal)$/i,
    kinds: [...lineKinds, "combobox", "select"],
  },
  {
    meaning: "address.country",
    label:
      /^(current |home |billing |shipping |mailing |delivery |select )*country( ?\/ ?(region|territory)|,? (or )?region)?( of residence| name| you (live|reside) in)?$|^(region|location) ?\/ ?country$|^countries$|^country .{0,12}(region|options|selector|code)$|^(living|residence) country$|(which|what)( is your)?( current)? country.*(live|resid|locat|based|of residence)|country of residence|country.*(do you|are you) .*(live|resid|locat|based)/,
    key: /(^|[^a-z])countr(y|ies)(_?(code|name|id|field|select|region|dropdown|list|iso))?(_?\d+)?([^a-z]|$)|country$/i,
    kinds: [...lineKinds, "select", "combobox", "listbox"],
    not: /phone|tel|dial|calling/,
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
    label: /\b(date of birth|birth ?date|birthday|birth date|dob|d\.o\.b)\b|^birth$/,
    key: /birth_?(date|day)|date_?of_?birth|(^|[^a-z])dob([^a-z]|$)|geburtsdatum|fecha_?nac\w*|data_?nasc\w*/i,
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
  {
    meaning: "url.github",
    label: /\bgit ?hub\b/,
    key: /git_?hub/i,
    kinds: ["text", "url", "textarea"],
    not: /e-?mail|@/,
  },
  {
    meaning: "url.twitter",
    label: /\btwitter\b|^x\.com\b|\bx \(twitter\)/,
    key: /twitter/i,
    kinds: ["text", "url"],
  },
  {
    meaning: "url.other",
    label:
      /\b(facebook|instagram|stack ?overflow|dribbble|behance|medium|x\.com|other (url|link|website))\b/,
    key: /twitter|facebook|instagram|dribbble|behance|urls?_?other/i,
    kinds: lineKinds,
  },
  {
    meaning: "url.portfolio",
    label:
      /^(link to )?(your )?(personal |online |digital )?(portfolio|web ?site|web ?page|home ?page|blog)( ?(url|link|or .*|\/.*|and .*))?$|^portfolio\b|^(personal )?url$/,
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
    meaning: "work.currentCompany",
    label:
      /^(current |most recent |current or most recent |current\/most recent |last |present |current or last )(company|employer|organi[sz]ation)( name)?$|where do you (currently )?work/,
    key: /current_?(company|employer)|^org$/i,
    kinds: [...lineKinds, "combobox"],
  },
  {
    meaning: "work.currentTitle",
    label:
      /^(current |most recent |current or most recent |last |present )(job |position )?(title|position|role)$/,
    key: /current_?(job_?)?title/i,
    kinds: [...lineKinds, "combobox"],
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
    label:
      /\bcurrently (work(ing)?|employed)( here)?$|(this is my )?current (job|role|position|employer)$/,
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
