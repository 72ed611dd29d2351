import type { LanguageTerms } from "./language-terms.ts";

export const german: LanguageTerms = {
  is: {
    "name.first": "vorname(n)?|rufname",
    "name.middle": "(zweiter|weiterer) vorname|zwischenname",
    "name.last": "(nach|familien|zu)name",
    "name.full":
      "(voller|vollstandiger|ganzer) name|vor-? ?(und|&|/) ?(nach|zu|familien)name|name,? ?(und )?vorname|vorname,? (und )?name",
    "name.preferred": "bevorzugter (vor)?name|spitzname|anzeigename",
    email:
      "e-?mail-?(adresse)?( \\(geschaftlich\\))?|mail-?adresse|emailadresse|elektronische post",
    "email.confirm": "e-?mail(-?adresse)? (wiederholen|bestatigen|wiederholung|bestatigung)",
    phone:
      "(telefon|handy|mobil|mobilfunk|mobiltelefon|festnetz|ruf)-?(nummer|nr)?|tel|telefon (privat|mobil|geschaftlich)|telefonnummer.{0,20}",
    "phone.countryCode": "(lander|landes)?vorwahl|landervorwahl.*|landeskennzahl",
    "address.line1":
      "(strasse|anschrift|adresse|str)|strasse (und|&|/|,)? ?(haus)?-?(nummer|nr)?|adresszeile 1|strasse.{0,4}hausnummer|wohnadresse|postanschrift",
    "address.line2": "adress?zusatz|adresszeile 2|zusatz|hausnummer|haus-?nr",
    "address.city": "(wohn)?ort|stadt|stadt ?/ ?ort|ort ?/ ?stadt|gemeinde",
    "address.region": "bundesland|region|kanton|provinz",
    "address.postalCode": "plz|postleitzahl|plz ?/ ?ort",
    "address.country": "land|staat|wohnsitzland|land des wohnsitzes|land ?/ ?region",
    location: "standort|wo wohn(st|en) (du|sie)|aktueller wohnort|derzeitiger wohnort",
    birthdate: "geburts(datum|tag)|geboren am|geb-?datum",
    pronouns: "pronomen",
    "url.portfolio": "web-?seite|homepage|webauftritt|portfolio.{0,12}|internetseite",
    resume: "lebenslauf|cv",
    coverLetter: "anschreiben|motivationsschreiben|bewerbungsschreiben",
    "work.company": "(aktueller |derzeitiger |jetziger )?arbeitgeber|firma|unternehmen|firmenname",
    "work.title":
      "(aktuelle |derzeitige )?(position|stelle|berufsbezeichnung|stellenbezeichnung|jobtitel|funktion)",
    "education.school": "(hoch)?schule|universitat|bildungseinrichtung",
    "education.degree": "abschluss|(hochster )?bildungsabschluss|schulabschluss|akademischer grad",
    "education.discipline": "studien(fach|gang|richtung)|fachrichtung",
    "eeo.gender": "geschlecht",
    startDate:
      "(fruhest ?moglicher |moglicher |gewunschter )?(eintritts|start)(termin|datum)|verfugbar ab|eintritt ab",
    "account.username": "benutzername|nutzername|benutzerkennung",
    search: "suche|suchen|suchbegriff|(stellen?|jobs?|stellenangebote) suchen|(stellen|job)suche",
  },
  has: {
    "email.confirm":
      "e-?mail.{0,24}(wiederhol|bestatig|erneut)|(wiederhol|bestatig)\\w*.{0,24}e-?mail",
    "work.yearsOfExperience": "jahre .{0,20}berufserfahrung|wie viele jahre",
    "salary.expected":
      "gehalts(vorstellung|wunsch|erwartung)|wunschgehalt|jahresgehalt|lohnvorstellung",
    noticePeriod: "kundigungsfrist",
    startDate:
      "fruhest.{0,20}(eintritt|start|beginn)|wann (konn(t)?en sie|konntest du|kannst du) .{0,20}(anfangen|starten|beginnen)|wann (konn(t)?en sie|konntest du|kannst du) (anfangen|starten|beginnen)",
    relocation: "umzugsbereit|umzuziehen|bereit.{0,20}umz",
    travel: "reisebereitschaft|dienstreisen",
    referralSource:
      "wie (haben|sind|hast|bist) (sie|du).{0,40}(erfahren|aufmerksam|gefunden|gestossen)|woher kennen sie",
    "workAuth.sponsorship":
      "visum(s)?(sponsor|unterstutzung)|benotigen sie .{0,30}(visum|aufenthalts|arbeitserlaubnis)",
    "workAuth.authorized":
      "arbeitserlaubnis|arbeitsgenehmigung|arbeitsberechtig|aufenthaltstitel|berechtigt.{0,40}arbeiten|(durfen sie|darfst du) .{0,40}arbeiten",
    "workAuth.citizenship": "staatsangehorigkeit|nationalitat|staatsburgerschaft",
    "eeo.disability": "schwerbehinder|behinderung",
    "compliance.over18": "(mindestens )?18 jahre|volljahrig",
    "consent.privacy": "datenschutz|personenbezogene|einwilligung zur (daten)?verarbeitung",
    "consent.marketing":
      "(kunftige|weitere|andere) (stellen|positionen|vakanzen)|newsletter|talentpool|stellenangebote per|werbung",
    "consent.other": "ich (stimme|akzeptiere|willige)|nutzungsbedingungen|agb\\b|einverstanden",
    "attestation.truth":
      "(richtig|wahrheitsgemass|vollstandig).{0,60}(angaben|versicher|bestatig)|versichere",
    "url.linkedin": "linkedin",
    "payment.other": "kreditkarte|kartennummer|kartenprufnummer|prufziffer",
    "account.password": "passwort|kennwort",
  },
};
