import type { StepName } from "@valet/contracts";

interface StepText {
  readonly message: string;
  /** Share of the whole, in percent; never falls from one step to the next. */
  readonly pct: number;
}

/** What a person reads while a step runs and when it is done. */
export const stepTexts: Readonly<
  Record<StepName, { readonly starts: StepText; readonly ends: StepText }>
> = {
  "start-browser": {
    starts: { message: "Opening a browser", pct: 3 },
    ends: { message: "Browser open, going to the job", pct: 8 },
  },
  "analyze-form": {
    starts: { message: "Reading the form", pct: 10 },
    ends: { message: "Form understood", pct: 18 },
  },
  "fill-fields": {
    starts: { message: "Filling in your answers", pct: 20 },
    ends: { message: "All pages filled and read back", pct: 63 },
  },
  "upload-resume": {
    starts: { message: "Attaching your résumé", pct: 65 },
    ends: { message: "Résumé attached, form read back", pct: 70 },
  },
  "check-captcha": {
    starts: { message: "Looking for walls", pct: 72 },
    ends: { message: "Nothing in the way", pct: 74 },
  },
  submit: {
    starts: { message: "Ready to send", pct: 76 },
    ends: { message: "Sent", pct: 90 },
  },
  verify: {
    starts: { message: "Looking for proof", pct: 92 },
    ends: { message: "Outcome known", pct: 99 },
  },
};
