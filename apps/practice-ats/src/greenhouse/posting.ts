import type { FieldErrors } from "../form-field.ts";
import type { FormSections } from "./form-sections.ts";
import type { PageWords } from "./page-words.ts";

/** What the server puts into the page for the script. */
export interface Posting {
  /** Where the posting stands, with its query: `/greenhouse/BOARD/jobs/JOB`. */
  readonly path: string;
  readonly confirmationPath: string;
  readonly submitPath: string;
  readonly uploadPath: string;
  /** Where late lists come from; `field` is added to it. */
  readonly choicesPath: string;
  /** Where places and schools are searched; null where the place is plain text. */
  readonly searchPath: string | null;
  readonly job: string;
  readonly title: string;
  readonly company: string;
  readonly location: string;
  readonly form: FormSections;
  readonly words: PageWords;
}

/** What the server says to a submit. */
export type SubmitResult =
  | { readonly kind: "accepted"; readonly applicationId: string }
  | { readonly kind: "invalid"; readonly errors: FieldErrors }
  /** The sender looks like a program: a code was mailed and is to be sent along. */
  | { readonly kind: "captcha-failed"; readonly recipient: string }
  | { readonly kind: "already-applied"; readonly message: string }
  | { readonly kind: "error"; readonly message: string };

/** What the server says to a file. */
export type UploadResult =
  | { readonly kind: "uploaded"; readonly uploadId: string; readonly fileName: string }
  | { readonly kind: "refused"; readonly reason: string };
