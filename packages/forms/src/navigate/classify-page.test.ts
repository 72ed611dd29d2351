import { describe, expect, test } from "vitest";
import { classifyPage } from "./classify-page.ts";
import type { PageFacts } from "./page-facts.ts";

function kindOf(given: Partial<PageFacts>): string {
  return classifyPage({ ...blank, ...given }).kind;
}

const blank: PageFacts = {
  url: "https://jobs.example.com/42",
  title: "Harbour Engineer",
  httpStatus: 200,
  headings: [],
  text: "",
  alerts: [],
  invalidFields: 0,
  hasApplicationForm: false,
  applyWay: null,
};

const applyWay = { text: "Apply", frame: "", selector: "#apply", href: null, sends: false };

describe("a confirmation", () => {
  test.each([
    "Thank you for applying!",
    "Your application has been submitted.",
    "We have received your application.",
    "Application submitted",
    "You have successfully applied to Harbour Engineer",
  ])("%s", (text) => {
    expect(kindOf({ text })).toBe("confirmation");
  });

  test.each([
    "Vielen Dank für Ihre Bewerbung!",
    "Ihre Bewerbung ist bei uns eingegangen.",
    "Merci d’avoir postulé.",
    "Votre candidature a bien été envoyée.",
    "Gracias por su solicitud.",
    "Hemos recibido su candidatura.",
    "Obrigado por se candidatar!",
    "Grazie per la tua candidatura.",
    "Bedankt voor je sollicitatie.",
    "Dziękujemy za aplikację.",
  ])("in other languages: %s", (text) => {
    expect(kindOf({ text })).toBe("confirmation");
  });

  test.each([
    "Vielen Dank für Ihre Bewerbung. Bitte korrigieren Sie 2 Fehler.",
    "Sobald Ihre Bewerbung eingegangen ist, melden wir uns.",
    "Merci pour votre candidature, veuillez corriger les champs obligatoires.",
    "Lorsque votre candidature a bien été reçue, vous recevez un e-mail.",
    "Gracias por su solicitud. Por favor, corrija 2 errores.",
    "Wenn Ihre Bewerbung abgeschickt wurde, erhalten Sie eine E-Mail.",
  ])("is none in other languages: %s", (text) => {
    expect(kindOf({ text })).toBe("unknown");
  });

  test("needs the form to be gone", () => {
    const text = "Thank you for applying!";
    expect(kindOf({ text, hasApplicationForm: true })).toBe("form");
  });

  test("is not a thank-you that asks for corrections", () => {
    const text = "Thank you for your interest, please fix 2 errors";
    expect(kindOf({ text })).toBe("unknown");
    expect(kindOf({ text: "Thank you for applying. Please correct the fields below." })).toBe(
      "unknown",
    );
    expect(kindOf({ text, alerts: [text], hasApplicationForm: true })).toBe("form_with_errors");
  });

  test("is not a sentence about what will be", () => {
    const text = "Once your application has been submitted, we answer within a week.";
    expect(kindOf({ text, applyWay })).toBe("posting");
  });

  test("carries the site's reference", () => {
    const facts = { ...blank, text: "Thank you for applying.\nYour reference: HB-2026-17" };
    expect(classifyPage(facts)).toEqual({ kind: "confirmation", reference: "HB-2026-17" });
    expect(classifyPage({ ...facts, text: "Thank you for applying." })).toEqual({
      kind: "confirmation",
    });
  });
});

test("an application that exists already is its own outcome, with or without the form", () => {
  expect(kindOf({ text: "You have already applied for this job." })).toBe("already_applied");
  const alerts = ["You’ve already applied to this position"];
  expect(kindOf({ alerts, hasApplicationForm: true })).toBe("already_applied");
  const limit = ["You have reached the application limit. A person can apply once in 90 days."];
  expect(kindOf({ alerts: limit, hasApplicationForm: true })).toBe("already_applied");
  expect(kindOf({ text: "If you have already applied, sign in.", applyWay })).toBe("posting");
});

test("a closed posting is told from a missing page", () => {
  const text = "We are no longer accepting applications for this job.";
  expect(kindOf({ text })).toBe("closed");
  expect(kindOf({ text: "This position has been filled.", httpStatus: 404 })).toBe("closed");
  expect(kindOf({ httpStatus: 404, text: "Nothing here" })).toBe("not_found");
  for (const heading of ["Page not found", "404", "Error 404", "404: nothing here"]) {
    expect(kindOf({ headings: [heading] })).toBe("not_found");
  }
  expect(kindOf({ headings: ["Harbour Engineer 404"], applyWay })).toBe("posting");
  const coming = "The posting stays open until the position has been filled.";
  expect(kindOf({ text: coming, applyWay })).toBe("posting");
});

test("the site's own trouble is an error of the site, whatever the status says", () => {
  expect(kindOf({ httpStatus: 503 })).toBe("site_error");
  const soft = "Something went wrong, please try again later";
  expect(kindOf({ text: soft, headings: [soft] })).toBe("site_error");
  expect(kindOf({ alerts: [soft], hasApplicationForm: true })).toBe("site_error");
});

test("a form with marked fields or messages has errors", () => {
  expect(kindOf({ hasApplicationForm: true })).toBe("form");
  expect(kindOf({ hasApplicationForm: true, invalidFields: 1 })).toBe("form_with_errors");
  expect(kindOf({ hasApplicationForm: true, alerts: ["Enter your e-mail"] })).toBe(
    "form_with_errors",
  );
});

test.each([
  ["Sie haben sich bereits auf diese Stelle beworben.", "already_applied"],
  ["Vous avez déjà postulé à cette offre.", "already_applied"],
  ["Ya ha solicitado este puesto.", "already_applied"],
  ["Diese Stelle ist nicht mehr verfügbar.", "closed"],
  ["Cette offre n’est plus disponible.", "closed"],
  ["La oferta ya no está disponible.", "closed"],
])("%s says %s", (text, kind) => {
  expect(kindOf({ text })).toBe(kind);
});

test("an error in another language is a site error", () => {
  expect(kindOf({ alerts: ["Ein unerwarteter Fehler ist aufgetreten."] })).toBe("site_error");
  expect(kindOf({ headings: ["Une erreur s’est produite"] })).toBe("site_error");
});

describe("the address of a confirmation", () => {
  const at = (given: Partial<PageFacts>) =>
    classifyPage({ ...blank, ...given }, { isConfirmationAddress: true }).kind;

  test("counts like words of thanks where nothing speaks against it", () => {
    expect(at({ text: "See you soon" })).toBe("confirmation");
    expect(kindOf({ text: "See you soon" })).toBe("unknown");
  });

  test.each<Partial<PageFacts>>([
    { text: "" },
    { text: "See you soon", httpStatus: 403 },
    { text: "See you soon", alerts: ["Phone number rejected"] },
    { text: "Please wait, we are sending it" },
    { text: "Continue", headings: ["Sign in"] },
    { text: "2 errors: Email is invalid" },
    { text: "Your draft was kept" },
    { text: "See you soon", applyWay },
    { text: "See you soon", hasApplicationForm: true },
  ])("is no proof on such a page: %o", (given) => {
    expect(at(given)).not.toBe("confirmation");
  });
});
