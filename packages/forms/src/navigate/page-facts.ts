import type { FormField } from "@valet/contracts";

/** A link or button that leads from a posting to its form. */
export interface ApplyWay {
  readonly text: string;
  readonly frame: string;
  readonly selector: FormField["selector"];
  /** Absolute address of a link; null for a button. */
  readonly href: string | null;
  /** Pressing it sends something at once, so that no form may ever be seen: it is never pressed. */
  readonly sends: boolean;
}

/** What a page shows, as far as it tells the kinds of pages apart. */
export interface PageFacts {
  readonly url: string;
  readonly title: string;
  readonly httpStatus: number | null;
  readonly headings: readonly string[];
  /** Visible words, a line per block. */
  readonly text: string;
  /** Texts of visible error messages. */
  readonly alerts: readonly string[];
  /** How many fields the page marks as wrong. */
  readonly invalidFields: number;
  /** There is a form with fields to fill and a button that goes on, or a last page with its button. */
  readonly hasApplicationForm: boolean;
  readonly applyWay: ApplyWay | null;
}
