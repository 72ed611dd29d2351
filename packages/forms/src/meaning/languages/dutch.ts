import type { LanguageTerms } from "./language-terms.ts";

export const dutch: LanguageTerms = {
  is: {
    "name.first": "voorna(a)?m(en)?|roepnaam",
    "name.middle": "tussenvoegsel(s)?|tweede (voor)?naam",
    "name.last": "(achter|familie)naam",
    "name.full":
      "(volledige )?naam|voor- en achternaam|voornaam (en|&) achternaam|naam en voornaam",
    "name.preferred": "(voorkeurs|aanspreek)naam|bijnaam",
    email: "e-?mail-?(adres)?|mailadres",
    "email.confirm": "(bevestig|herhaal).{0,10}e-?mail.*|e-?mail(adres)? (herhalen|bevestigen)",
    phone: "(mobiele? |vaste? )?(telefoon|mobiel|gsm|tel)-?(nummer|nr)?|mobiel nummer",
    "phone.countryCode": "land(en)?(code|nummer)|landcode telefoon",
    "address.line1":
      "adres( regel 1| 1)?|straat(naam)?|straat (en|\\+|&)? ?(huis)?(nummer|nr)?|woonadres|postadres",
    "address.line2": "huisnummer|toevoeging|huisnr|adres(regel)? 2|bus(nummer)?",
    "address.city": "(woon)?plaats|stad|gemeente",
    "address.region": "provincie|regio|staat",
    "address.postalCode": "postcode|postnummer",
    "address.country": "land( van verblijf)?|woonland",
    location: "locatie|huidige (woonplaats|locatie|verblijfplaats)|woonplaats en land",
    birthdate: "geboorte(datum|dag)|verjaardag",
    pronouns: "voornaamwoorden",
    "url.portfolio": "(persoonlijke )?website( of .{0,12})?|portfolio|webpagina",
    resume: "cv|curriculum vitae",
    coverLetter: "(motivatie|sollicitatie|begeleidende )brief|motivatie",
    "work.company": "(huidige )?(werkgever|bedrijf|bedrijfsnaam|organisatie|firma)",
    "work.title": "(huidige )?(functie|functietitel|beroep)",
    "education.school": "(hoge)?school|universiteit|onderwijsinstelling|instelling",
    "education.degree": "(hoogst genoten )?opleiding(sniveau)?|diploma|graad",
    "education.discipline": "studierichting|studie|vakgebied",
    "eeo.gender": "geslacht|gender",
    startDate: "(mogelijke |gewenste )?(start|begin)datum|beschikbaar(heid)?( vanaf| per)?",
    "account.username": "gebruikersnaam",
    search: "zoek(en)?|zoekterm|zoek(en)? (naar )?(vacatures|banen)|vacatures zoeken",
  },
  has: {
    "email.confirm": "(bevestig|herhaal)\\w*.{0,30}e-?mail|e-?mail.{0,24}(bevestig|herhal)",
    "work.yearsOfExperience": "ja(a)?r(en)? (werk)?ervaring",
    "salary.expected": "salaris(wens|verwachting|indicatie)|gewenst salaris|verwacht salaris",
    noticePeriod: "opzegtermijn",
    startDate: "wanneer (kun|kan|zou).{0,20}(beginnen|starten)",
    relocation: "verhuizen",
    travel: "reisbereid|bereid te reizen",
    referralSource:
      "hoe (heb|heeft|bent|ben) (je|u|jij).{0,40}(gehoord|gevonden|terecht|bekend)|hoe ken je ons",
    "workAuth.sponsorship":
      "(visum|werkvergunning).{0,30}(nodig|sponsor)|nodig.{0,20}(visum|werkvergunning)",
    "workAuth.authorized":
      "werkvergunning|gerechtigd.{0,30}werken|mag .{0,20}werken in|mag (je|u|jij) .{0,30}werken",
    "workAuth.citizenship": "nationaliteit|staatsburgerschap",
    "eeo.disability": "arbeidsbeperking|handicap|beperking",
    "compliance.over18": "18 jaar|meerderjarig",
    "consent.privacy": "privacy|persoonsgegevens|avg\\b|gegevensverwerking",
    "consent.marketing":
      "(toekomstige|andere) (vacatures|functies)|nieuwsbrief|aanbiedingen|vacatures (per|via)|vacature-?alert|op de hoogte",
    "consent.other": "ik ga akkoord|akkoord|algemene voorwaarden|toestemming",
    "attestation.truth": "(verklaar|bevestig).{0,60}(waarheid|juist|correct|volledig)",
    "payment.other": "creditcard|kaartnummer",
    "account.password": "wachtwoord",
  },
};
