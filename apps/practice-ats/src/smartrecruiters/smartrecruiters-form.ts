import { field, type FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";

/** The two pages of a posting's form. */
export interface SmartRecruitersForm {
  readonly personal: readonly FormField[];
  readonly screening: readonly FormField[];
}

export function smartRecruitersForm(posting: SeededPosting): SmartRecruitersForm {
  const { word, questions, equalOpportunity, hasCoverLetter, hasPrivacyConsent } = posting;
  const optional = { required: false };
  const links = [
    field({ id: "linkedin", label: "LinkedIn", kind: "url", ...optional }),
    field({ id: "website", label: "Website", kind: "url", ...optional }),
  ];
  return {
    personal: [
      field({ id: "resume", label: word("resume"), kind: "file" }),
      field({ id: "first-name", label: word("firstName"), kind: "text" }),
      field({ id: "last-name", label: word("lastName"), kind: "text" }),
      field({ id: "email", label: word("email"), kind: "email" }),
      field({ id: "confirm-email", label: word("confirmEmail"), kind: "email" }),
      field({ id: "city", label: word("city"), kind: "late-select" }),
      field({ id: "phone", label: word("phone"), kind: "tel" }),
      ...(posting.seed % 2 === 0 ? links : []),
      field({ id: "attachment", label: attachments[posting.language], kind: "file", ...optional }),
      ...(hasCoverLetter
        ? [
            field({
              id: "message",
              label: messages[posting.language],
              kind: "textarea",
              ...optional,
            }),
          ]
        : []),
    ],
    screening: [
      ...questions,
      ...equalOpportunity,
      ...(hasPrivacyConsent
        ? [field({ id: "consent", label: word("privacyConsent"), kind: "checkbox" })]
        : []),
    ],
  };
}

const attachments = {
  en: "Additional attachments",
  de: "Weitere Anhänge",
  fr: "Pièces jointes supplémentaires",
  es: "Archivos adicionales",
} as const;

const messages = {
  en: "Message to the Hiring Team",
  de: "Nachricht an das Recruiting-Team",
  fr: "Message à l'équipe de recrutement",
  es: "Mensaje para el equipo de contratación",
} as const;

/** Places the site knows; only one of these may be sent. */
export const knownPlaces = [
  "Denver City, TX, United States",
  "Denver, CO, United States",
  "Denver, NC, United States",
  "Oakland, CA, United States",
] as const;
