import { describe, expect, test } from "vitest";
import { saysClosed } from "./says-closed.ts";

const applyWay = { text: "Apply", frame: "", selector: "#apply", href: null, sends: false };
const blank = { text: "", headings: [], hasApplicationForm: false, applyWay: null };

describe("a page says that its job is closed", () => {
  test.each([
    "This job is no longer accepting applications.",
    "The job you are looking for is no longer open.",
    "Sorry, this position has been filled.",
    "Applications are closed",
    "We are not currently accepting applications for this role.",
    "Diese Stelle ist leider nicht mehr verfügbar.",
    "Wir nehmen keine Bewerbungen mehr an.",
    "Die Bewerbungsfrist ist abgelaufen.",
    "Cette offre n’est plus disponible.",
    "Nous n’acceptons plus de candidatures pour ce poste.",
    "La oferta ya no está disponible.",
    "Ya no se aceptan solicitudes para este puesto.",
    "Esta vaga não está mais disponível.",
    "Não estamos recebendo mais candidaturas para esta vaga.",
    "Questa posizione non è più disponibile.",
    "Non accettiamo più candidature per questa posizione.",
    "Deze vacature is niet meer beschikbaar.",
    "Deze vacature is helaas gesloten.",
    "Ta oferta jest już nieaktualna.",
    "Rekrutacja została zakończona.",
  ])("%s", (text) => {
    expect(saysClosed({ ...blank, text })).toBe(true);
    expect(saysClosed({ ...blank, text, applyWay })).toBe(true);
    expect(saysClosed({ ...blank, text, hasApplicationForm: true })).toBe(false);
    expect(saysClosed({ ...blank, headings: [text], hasApplicationForm: true })).toBe(true);
  });
});

describe("a page does not say that its job is closed", () => {
  test.each([
    "This position is not closed until filled.",
    "This posting stays open until the position has been filled.",
    "Applications close on 3 May.",
    "Applications will be closed on 3 May.",
    "If this job is no longer available, look at our other openings.",
    "Jobs that are no longer available are removed every night.",
    "Some listings are no longer available.",
    "Stellen, die nicht mehr verfügbar sind, werden gelöscht.",
    "Les offres qui ne sont plus disponibles sont retirées.",
    "Las vacantes que ya no están disponibles se retiran.",
    "Once the vacancy is closed we answer everybody.",
    "Wenn die Stelle besetzt ist, melden wir uns.",
  ])("%s", (text) => {
    expect(saysClosed({ ...blank, text })).toBe(false);
    expect(saysClosed({ ...blank, text, headings: [text] })).toBe(false);
  });

  test("with words about something else than a job, where there is a way to apply", () => {
    const text = "Our first product is no longer available, and we are building the next.";
    expect(saysClosed({ ...blank, text, applyWay })).toBe(false);
  });
});
