import type { FieldKind } from "../form-field.ts";
import type { InEach } from "./language.ts";

/** A question employers ask, in the words of each language. */
export interface BankQuestion {
  readonly topic: string;
  /** How it may be drawn; a site that has no such control takes the nearest it has. */
  readonly kinds: readonly [FieldKind, ...FieldKind[]];
  readonly wordings: readonly [InEach, ...InEach[]];
  readonly choices?: readonly InEach[];
}

const yes: InEach = { en: "Yes", de: "Ja", fr: "Oui", es: "Sí" };
const no: InEach = { en: "No", de: "Nein", fr: "Non", es: "No" };

export const questionBank: readonly BankQuestion[] = [
  {
    topic: "work-authorization",
    kinds: ["yes-no", "select", "radio"],
    choices: [yes, no],
    wordings: [
      {
        en: "Are you legally authorized to work in the United States?",
        de: "Dürfen Sie in den Vereinigten Staaten arbeiten?",
        fr: "Êtes-vous autorisé(e) à travailler aux États-Unis ?",
        es: "¿Está autorizado legalmente para trabajar en Estados Unidos?",
      },
      {
        en: "Do you have the right to work in the US?",
        de: "Besitzen Sie eine Arbeitserlaubnis für die USA?",
        fr: "Disposez-vous d'une autorisation de travail aux États-Unis ?",
        es: "¿Tiene permiso de trabajo en Estados Unidos?",
      },
    ],
  },
  {
    topic: "sponsorship",
    kinds: ["yes-no", "select", "radio"],
    choices: [yes, no],
    wordings: [
      {
        en: "Will you now or in the future require visa sponsorship?",
        de: "Benötigen Sie jetzt oder in Zukunft ein Visum-Sponsoring?",
        fr: "Aurez-vous besoin, maintenant ou à l'avenir, d'un parrainage de visa ?",
        es: "¿Necesitará ahora o en el futuro patrocinio de visado?",
      },
    ],
  },
  {
    topic: "over-18",
    kinds: ["yes-no", "radio"],
    choices: [yes, no],
    wordings: [
      {
        en: "Are you at least 18 years of age?",
        de: "Sind Sie mindestens 18 Jahre alt?",
        fr: "Avez-vous au moins 18 ans ?",
        es: "¿Es usted mayor de 18 años?",
      },
    ],
  },
  {
    topic: "relocation",
    kinds: ["yes-no", "select"],
    choices: [yes, no],
    wordings: [
      {
        en: "Are you willing to relocate?",
        de: "Sind Sie bereit umzuziehen?",
        fr: "Êtes-vous prêt(e) à déménager ?",
        es: "¿Está dispuesto a mudarse?",
      },
    ],
  },
  {
    topic: "years-of-experience",
    kinds: ["number", "text"],
    wordings: [
      {
        en: "How many years of professional experience do you have?",
        de: "Wie viele Jahre Berufserfahrung haben Sie?",
        fr: "Combien d'années d'expérience professionnelle avez-vous ?",
        es: "¿Cuántos años de experiencia profesional tiene?",
      },
    ],
  },
  {
    topic: "referral-source",
    kinds: ["select", "text"],
    choices: [
      {
        en: "Company website",
        de: "Firmenwebsite",
        fr: "Site de l'entreprise",
        es: "Sitio web de la empresa",
      },
      { en: "LinkedIn", de: "LinkedIn", fr: "LinkedIn", es: "LinkedIn" },
      { en: "A friend", de: "Bekannte", fr: "Un ami", es: "Un amigo" },
      { en: "Other", de: "Andere", fr: "Autre", es: "Otro" },
    ],
    wordings: [
      {
        en: "How did you hear about this job?",
        de: "Wie sind Sie auf diese Stelle aufmerksam geworden?",
        fr: "Comment avez-vous entendu parler de ce poste ?",
        es: "¿Cómo se enteró de este puesto?",
      },
    ],
  },
  {
    topic: "linkedin",
    kinds: ["url", "text"],
    wordings: [
      {
        en: "LinkedIn Profile",
        de: "LinkedIn-Profil",
        fr: "Profil LinkedIn",
        es: "Perfil de LinkedIn",
      },
      {
        en: "LinkedIn URL",
        de: "Link zu Ihrem LinkedIn-Profil",
        fr: "URL LinkedIn",
        es: "URL de LinkedIn",
      },
    ],
  },
  {
    topic: "github",
    kinds: ["url", "text"],
    wordings: [{ en: "GitHub", de: "GitHub-Profil", fr: "Profil GitHub", es: "Perfil de GitHub" }],
  },
  {
    topic: "salary",
    kinds: ["text"],
    wordings: [
      {
        en: "What are your salary expectations?",
        de: "Wie lautet Ihre Gehaltsvorstellung?",
        fr: "Quelles sont vos prétentions salariales ?",
        es: "¿Cuáles son sus expectativas salariales?",
      },
    ],
  },
  {
    topic: "start-date",
    kinds: ["date", "text"],
    wordings: [
      {
        en: "When could you start?",
        de: "Wann könnten Sie anfangen?",
        fr: "Quand pourriez-vous commencer ?",
        es: "¿Cuándo podría empezar?",
      },
      {
        en: "Earliest start date",
        de: "Frühestes Eintrittsdatum",
        fr: "Date de début au plus tôt",
        es: "Fecha de inicio más próxima",
      },
    ],
  },
  {
    topic: "previous-employment",
    kinds: ["yes-no", "radio", "select"],
    choices: [yes, no],
    wordings: [
      {
        en: "Have you ever worked for Northwind Practice before?",
        de: "Haben Sie schon einmal bei Northwind Practice gearbeitet?",
        fr: "Avez-vous déjà travaillé chez Northwind Practice ?",
        es: "¿Ha trabajado antes en Northwind Practice?",
      },
    ],
  },
  {
    topic: "motivation",
    kinds: ["textarea"],
    wordings: [
      {
        en: "Why do you want to work with us?",
        de: "Warum möchten Sie bei uns arbeiten?",
        fr: "Pourquoi souhaitez-vous travailler avec nous ?",
        es: "¿Por qué quiere trabajar con nosotros?",
      },
    ],
  },
  {
    topic: "tools",
    kinds: ["checkboxes"],
    choices: ["TypeScript", "Go", "Python", "Rust", "Java"].map((name) => ({
      en: name,
      de: name,
      fr: name,
      es: name,
    })),
    wordings: [
      {
        en: "Which of these languages do you use?",
        de: "Welche dieser Programmiersprachen verwenden Sie?",
        fr: "Lesquels de ces langages utilisez-vous ?",
        es: "¿Cuáles de estos lenguajes utiliza?",
      },
    ],
  },
  {
    topic: "country-of-residence",
    kinds: ["select"],
    choices: [
      { en: "United Kingdom", de: "Vereinigtes Königreich", fr: "Royaume-Uni", es: "Reino Unido" },
      {
        en: "United States Minor Outlying Islands",
        de: "Amerikanische Überseeinseln",
        fr: "Îles mineures éloignées des États-Unis",
        es: "Islas menores alejadas de Estados Unidos",
      },
      { en: "United States", de: "Vereinigte Staaten", fr: "États-Unis", es: "Estados Unidos" },
      { en: "Germany", de: "Deutschland", fr: "Allemagne", es: "Alemania" },
      { en: "Niger", de: "Niger", fr: "Niger", es: "Níger" },
      { en: "Nigeria", de: "Nigeria", fr: "Nigéria", es: "Nigeria" },
    ],
    wordings: [
      {
        en: "Country of residence",
        de: "Wohnsitzland",
        fr: "Pays de résidence",
        es: "País de residencia",
      },
    ],
  },
];

export const equalOpportunityBank: readonly BankQuestion[] = [
  {
    topic: "gender",
    kinds: ["select", "radio"],
    choices: [
      { en: "Male", de: "Männlich", fr: "Homme", es: "Hombre" },
      { en: "Female", de: "Weiblich", fr: "Femme", es: "Mujer" },
      {
        en: "Decline To Self Identify",
        de: "Keine Angabe",
        fr: "Je préfère ne pas répondre",
        es: "Prefiero no responder",
      },
    ],
    wordings: [{ en: "Gender", de: "Geschlecht", fr: "Genre", es: "Género" }],
  },
  {
    topic: "veteran",
    kinds: ["select", "radio"],
    choices: [
      {
        en: "I am not a protected veteran",
        de: "Ich bin kein Veteran",
        fr: "Je ne suis pas un ancien combattant",
        es: "No soy veterano protegido",
      },
      {
        en: "I identify as a protected veteran",
        de: "Ich bin Veteran",
        fr: "Je suis un ancien combattant",
        es: "Soy veterano protegido",
      },
      {
        en: "I don't wish to answer",
        de: "Ich möchte nicht antworten",
        fr: "Je ne souhaite pas répondre",
        es: "No deseo responder",
      },
    ],
    wordings: [
      {
        en: "Veteran Status",
        de: "Veteranenstatus",
        fr: "Statut d'ancien combattant",
        es: "Condición de veterano",
      },
    ],
  },
];
