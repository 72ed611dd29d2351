import type { FieldErrors } from "../form-field.ts";
import type { FormSections } from "./form-sections.ts";

/** What the server puts into the page for the script. */
export interface Posting {
  /** `/greenhouse/BOARD/jobs/JOB`. */
  readonly path: string;
  readonly uploadPath: string;
  readonly job: string;
  readonly title: string;
  readonly company: string;
  readonly location: string;
  readonly form: FormSections;
}

/** What the server says to a submit. */
export type SubmitResult =
  | { readonly kind: "accepted"; readonly applicationId: string }
  | { readonly kind: "invalid"; readonly errors: FieldErrors }
  | { readonly kind: "already-applied"; readonly message: string }
  | { readonly kind: "error"; readonly message: string };

/** What the server says to a file. */
export type UploadResult =
  | { readonly kind: "uploaded"; readonly uploadId: string; readonly fileName: string }
  | { readonly kind: "refused"; readonly reason: string };
