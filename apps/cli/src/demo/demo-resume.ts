import { minimalPdf } from "./minimal-pdf.ts";

/** The invented applicant's résumé: one page that says what the demo profile says. */
export function demoResume(): Uint8Array<ArrayBuffer> {
  return minimalPdf({
    title: "Ada Example",
    lines: [
      "Ada Example",
      "Software Engineer, Denver, Colorado, United States",
      "ada@example.com, +1 303 555 0142, https://www.linkedin.com/in/ada-example",
      "",
      "Experience",
      "Example Instruments, Software Engineer, March 2018 to today",
      "",
      "Education",
      "Example University, BSc in Computer Science",
    ],
  });
}
