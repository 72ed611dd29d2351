import type { InEach } from "./language.ts";

/** The words that every form has, apart from its questions. */
export const terms = {
  firstName: { en: "First Name", de: "Vorname", fr: "Prénom", es: "Nombre" },
  lastName: { en: "Last Name", de: "Nachname", fr: "Nom de famille", es: "Apellidos" },
  fullName: { en: "Full name", de: "Vollständiger Name", fr: "Nom complet", es: "Nombre completo" },
  preferredName: {
    en: "Preferred First Name",
    de: "Rufname",
    fr: "Prénom d'usage",
    es: "Nombre preferido",
  },
  email: { en: "Email", de: "E-Mail", fr: "E-mail", es: "Correo electrónico" },
  confirmEmail: {
    en: "Confirm your email",
    de: "E-Mail bestätigen",
    fr: "Confirmez votre e-mail",
    es: "Confirme su correo electrónico",
  },
  phone: { en: "Phone", de: "Telefon", fr: "Téléphone", es: "Teléfono" },
  city: { en: "Location (City)", de: "Wohnort", fr: "Ville", es: "Ciudad" },
  country: { en: "Country", de: "Land", fr: "Pays", es: "País" },
  resume: { en: "Resume/CV", de: "Lebenslauf", fr: "CV", es: "Currículum" },
  coverLetter: {
    en: "Cover Letter",
    de: "Anschreiben",
    fr: "Lettre de motivation",
    es: "Carta de presentación",
  },
  currentCompany: {
    en: "Current company",
    de: "Aktueller Arbeitgeber",
    fr: "Entreprise actuelle",
    es: "Empresa actual",
  },
  privacyConsent: {
    en: "I have read the privacy notice and agree that my data is processed for this application.",
    de: "Ich habe die Datenschutzhinweise gelesen und stimme der Verarbeitung meiner Daten zu.",
    fr: "J'ai lu la politique de confidentialité et j'accepte le traitement de mes données.",
    es: "He leído el aviso de privacidad y acepto el tratamiento de mis datos.",
  },
  apply: {
    en: "Apply for this job",
    de: "Jetzt bewerben",
    fr: "Postuler",
    es: "Solicitar este puesto",
  },
  attach: { en: "Attach", de: "Anhängen", fr: "Joindre", es: "Adjuntar" },
  next: { en: "Next", de: "Weiter", fr: "Suivant", es: "Siguiente" },
  back: { en: "Back", de: "Zurück", fr: "Retour", es: "Atrás" },
  submit: {
    en: "Submit application",
    de: "Bewerbung absenden",
    fr: "Envoyer la candidature",
    es: "Enviar solicitud",
  },
  choose: { en: "Select...", de: "Bitte wählen", fr: "Sélectionner...", es: "Seleccionar..." },
  thanks: {
    en: "Thank you for applying",
    de: "Vielen Dank für Ihre Bewerbung",
    fr: "Merci d'avoir postulé",
    es: "Gracias por su solicitud",
  },
  received: {
    en: "Your application has been received.",
    de: "Ihre Bewerbung ist bei uns eingegangen.",
    fr: "Votre candidature a bien été reçue.",
    es: "Hemos recibido su solicitud.",
  },
  voluntary: {
    en: "Voluntary Self-Identification",
    de: "Freiwillige Angaben",
    fr: "Auto-identification volontaire",
    es: "Autoidentificación voluntaria",
  },
} as const satisfies Record<string, InEach>;

export type Term = keyof typeof terms;
