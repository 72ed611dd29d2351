import type { FieldKind, Meaning } from "@valet/contracts";
import { expect, test } from "vitest";
import { assignMeaning } from "../assign-meaning.ts";

const labels: [label: string, meaning: Meaning, kind?: FieldKind][] = [
  ["Vorname *", "name.first"],
  ["Bitte geben Sie Ihre E-Mail-Adresse ein", "email"],
  ["Postleitzahl", "address.postalCode"],
  ["Gehaltsvorstellung (brutto/Jahr)", "salary.expected"],
  ["Benötigen Sie ein Visum?", "workAuth.sponsorship", "select"],
  ["Votre prénom", "name.first"],
  ["Code postal", "address.postalCode"],
  ["Date de naissance", "birthdate"],
  ["J'accepte la politique de confidentialité", "consent.privacy", "checkbox"],
  ["Comment avez-vous connu notre entreprise ?", "referralSource"],
  ["Apellidos", "name.last"],
  ["Correo electrónico (obligatorio)", "email"],
  ["¿Tiene permiso de trabajo en España?", "workAuth.authorized", "radio-group"],
  ["Sobrenome", "name.last"],
  ["Pretensão salarial", "salary.expected"],
  ["Telemóvel", "phone"],
  ["Cognome", "name.last"],
  ["Indirizzo e-mail", "email"],
  ["Lettera di presentazione", "coverLetter", "file"],
  ["Achternaam", "name.last"],
  ["Opzegtermijn", "noticePeriod"],
  ["Woonplaats", "address.city"],
  ["Imię i nazwisko", "name.full"],
  ["Numer telefonu", "phone"],
  ["Oczekiwania finansowe", "salary.expected"],
  ["Mobilnummer mit Ländervorwahl", "phone"],
  ["Téléphone (avec indicatif)", "phone"],
  ["Teléfono con prefijo", "phone"],
  ["Telefone com DDD", "phone"],
  ["Numero di cellulare con prefisso", "phone"],
  ["Telefoonnummer inclusief landcode", "phone"],
  ["Telefon z numerem kierunkowym", "phone"],
  ["Prefisso", "phone.countryCode"],
  ["Nombre(s)", "name.first"],
  ["E-Mail-Adresse (Bestätigung)", "email.confirm"],
  ["Repita su correo", "email.confirm"],
  ["Paese di residenza", "address.country"],
  ["Comune di residenza", "address.city"],
  ["Wo wohnst du?", "location"],
  ["Darfst du in Österreich arbeiten?", "workAuth.authorized", "select"],
  ["Hoe heeft u deze vacature gevonden?", "referralSource"],
  ["Zgoda na udział w przyszłych rekrutacjach", "consent.marketing", "checkbox"],
  ["Statistik", "question", "checkbox"],
  ["Электронная почта", "email"],
  ["Р¤Р°РјРёР»РёСЏ", "name.last"],
];

test.each(labels)("%s → %s", (label, meaning, kind = "text") => {
  expect(assignMeaning({ label, kind, options: [] }).meaning).toBe(meaning);
});

test("a label of 10,000 characters is answered at once", () => {
  const label = "you agree and consent to work with visa or salary ".repeat(200);
  expect(assignMeaning({ label, kind: "checkbox", options: [] }).policy).toBe("ask");
});
