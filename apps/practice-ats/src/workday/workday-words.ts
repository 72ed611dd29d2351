import type { InEach, Language } from "../postings/language.ts";

/** Words of the application beyond those every form has. */
const words = {
  autofill: {
    en: "Autofill with Resume",
    de: "Mit Lebenslauf automatisch ausfüllen",
    fr: "Remplissage automatique avec le CV",
    es: "Autocompletar con el currículum",
  },
  manually: { en: "Apply Manually", de: "Bewerben", fr: "Postuler manuellement", es: "Postularme" },
  goOn: {
    en: "Save and Continue",
    de: "Speichern und fortfahren",
    fr: "Enregistrer et continuer",
    es: "Guardar y continuar",
  },
  submit: { en: "Submit", de: "Absenden", fr: "Envoyer", es: "Enviar" },
  submitted: {
    en: "Application Submitted",
    de: "Ihre Bewerbung wurde eingereicht",
    fr: "Votre candidature a été envoyée",
    es: "Su solicitud ha sido enviada",
  },
  add: { en: "Add", de: "Hinzufügen", fr: "Ajouter", es: "Agregar" },
  addAnother: {
    en: "Add Another",
    de: "Weitere hinzufügen",
    fr: "Ajouter un autre élément",
    es: "Agregar otro",
  },
  month: { en: "Month", de: "Monat", fr: "Mois", es: "Mes" },
  day: { en: "Day", de: "Tag", fr: "Jour", es: "Día" },
  year: { en: "Year", de: "Jahr", fr: "Année", es: "Año" },
  info: {
    en: "My Information",
    de: "Meine Daten",
    fr: "Mes informations",
    es: "Mi información",
  },
  experience: {
    en: "My Experience",
    de: "Meine Erfahrung",
    fr: "Mon expérience",
    es: "Mi experiencia",
  },
  questions: {
    en: "Application Questions",
    de: "Fragen zur Bewerbung",
    fr: "Questions sur la candidature",
    es: "Preguntas de la solicitud",
  },
  disclosures: {
    en: "Voluntary Disclosures",
    de: "Freiwillige Angaben",
    fr: "Déclarations volontaires",
    es: "Declaraciones voluntarias",
  },
  selfIdentify: {
    en: "Self Identify",
    de: "Selbstauskunft",
    fr: "Auto-identification",
    es: "Autoidentificación",
  },
  review: { en: "Review", de: "Überprüfen", fr: "Vérifier", es: "Revisar" },
  work: {
    en: "Work Experience",
    de: "Berufserfahrung",
    fr: "Expérience professionnelle",
    es: "Experiencia laboral",
  },
  education: { en: "Education", de: "Ausbildung", fr: "Formation", es: "Educación" },
  websites: { en: "Websites", de: "Websites", fr: "Sites Web", es: "Sitios web" },
  jobTitle: {
    en: "Job Title",
    de: "Stellenbezeichnung",
    fr: "Intitulé du poste",
    es: "Título del puesto",
  },
  company: { en: "Company", de: "Unternehmen", fr: "Entreprise", es: "Empresa" },
  from: { en: "From", de: "Von", fr: "Du", es: "Desde" },
  school: {
    en: "School or University",
    de: "Schule oder Universität",
    fr: "École ou université",
    es: "Escuela o universidad",
  },
  fieldOfStudy: {
    en: "Field of Study",
    de: "Studienfach",
    fr: "Domaine d'études",
    es: "Campo de estudio",
  },
  source: {
    en: "How Did You Hear About Us?",
    de: "Wie haben Sie von uns erfahren?",
    fr: "Comment avez-vous entendu parler de nous ?",
    es: "¿Cómo se enteró de nosotros?",
  },
  previousWorker: {
    en: "Have you previously worked for Northwind Practice?",
    de: "Haben Sie schon einmal bei Northwind Practice gearbeitet?",
    fr: "Avez-vous déjà travaillé chez Northwind Practice ?",
    es: "¿Ha trabajado antes en Northwind Practice?",
  },
  addressLine1: {
    en: "Address Line 1",
    de: "Straße und Hausnummer",
    fr: "Adresse ligne 1",
    es: "Dirección línea 1",
  },
  city: { en: "City", de: "Ort", fr: "Ville", es: "Ciudad" },
  region: { en: "State", de: "Bundesland", fr: "État", es: "Estado" },
  postalCode: { en: "Postal Code", de: "Postleitzahl", fr: "Code postal", es: "Código postal" },
  phoneType: {
    en: "Phone Device Type",
    de: "Telefontyp",
    fr: "Type de téléphone",
    es: "Tipo de teléfono",
  },
  phoneCode: {
    en: "Country Phone Code",
    de: "Ländervorwahl",
    fr: "Indicatif téléphonique du pays",
    es: "Código telefónico del país",
  },
  phoneNumber: {
    en: "Phone Number",
    de: "Telefonnummer",
    fr: "Numéro de téléphone",
    es: "Número de teléfono",
  },
  extension: {
    en: "Phone Extension",
    de: "Durchwahl",
    fr: "Poste téléphonique",
    es: "Extensión telefónica",
  },
  terms: {
    en: "Yes, I have read and consent to the terms and conditions",
    de: "Ja, ich habe die Bedingungen gelesen und stimme ihnen zu",
    fr: "Oui, j'ai lu et j'accepte les conditions générales",
    es: "Sí, he leído y acepto los términos y condiciones",
  },
  required: { en: "Required", de: "Erforderlich", fr: "Obligatoire", es: "Obligatorio" },
  selectOne: { en: "Select One", de: "Bitte auswählen", fr: "Sélectionner", es: "Seleccionar" },
} as const satisfies Record<string, InEach>;

export type WorkdayWord = keyof typeof words;

/** All of them in one language. */
export function workdayWords(language: Language): Readonly<Record<WorkdayWord, string>> {
  // Boundary: the same keys, each with the text of one language.
  return Object.fromEntries(
    Object.entries(words).map(([key, inEach]) => [key, inEach[language]]),
  ) as Record<WorkdayWord, string>;
}
