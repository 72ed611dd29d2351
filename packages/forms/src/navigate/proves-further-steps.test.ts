import { describe, expect, test } from "vitest";
import type { StepMarks } from "../page-script/read-step-marks.ts";
import { provesFurtherSteps } from "./proves-further-steps.ts";

const none: StepMarks = { following: [], counts: [] };
const behind = (...names: readonly string[]): StepMarks => ({ ...none, following: [names] });
const count = (line: string): StepMarks => ({ ...none, counts: [line] });

describe("is proof", () => {
  test.each<[button: string, marks: StepMarks]>([
    ["Next", behind("Questions", "Review")],
    ["Weiter", behind("2. Fragen", "3. Bestätigung")],
    ["Continue", count("Step 1 of 3")],
    ["Weiter", count("Schritt 2 von 4")],
    ["Continuer", count("Étape 1 sur 2 : vos coordonnées")],
    ["Save and continue", count("Page 1/2")],
    ["Review your application", none],
    ["Next step", none],
  ])("%s with %j", (button, marks) => {
    expect(provesFurtherSteps({ button, marks })).toBe(true);
  });
});

describe("is no proof", () => {
  test.each<[button: string, marks: StepMarks]>([
    ["Next", none],
    ["Continue", behind()],
    ["Continue", behind("Confirmation")],
    ["Continue", behind("3. Thank you")],
    ["Weiter", behind("Fertig")],
    ["Next", count("Step 3 of 3")],
    ["Next", count("1 of 3 photos")],
    ["Next", count("Opened on 21 of 30 days")],
    ["Continue and submit", behind("Questions", "Review")],
    ["Next: send", count("Step 1 of 3")],
    ["Review and submit", none],
    ["Weiter und absenden", behind("Fragen", "Prüfen")],
  ])("%s with %j", (button, marks) => {
    expect(provesFurtherSteps({ button, marks })).toBe(false);
  });
});
