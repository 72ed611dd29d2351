/** What the server says to a submit. */
export type SubmitResult =
  | { readonly kind: "success" }
  /** The sentences of the alert above the button. */
  | { readonly kind: "error"; readonly messages: readonly string[] }
  /** The employer takes only so many applications of one person. */
  | { readonly kind: "limit"; readonly message: string };
