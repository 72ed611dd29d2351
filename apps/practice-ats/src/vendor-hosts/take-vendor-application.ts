import { findErrors } from "../find-errors.ts";
import type { FieldErrors, FieldValues, FormField } from "../form-field.ts";
import type { LedgerFile } from "../ledger.ts";
import { pause } from "../pause.ts";
import type { SiteDeps } from "../site-deps.ts";

/** One request that asks for an application, as it was sent. */
export interface VendorApplication {
  readonly site: string;
  readonly job: string;
  readonly requestId: string;
  readonly fields: readonly FormField[];
  readonly values: FieldValues;
  /** The résumé. */
  readonly file: LedgerFile | undefined;
  readonly quirks: ReadonlySet<string>;
  /** What the vendor has against it beyond the fields' own rules. */
  readonly complaints?: readonly string[];
}

export type VendorVerdict =
  | {
      readonly kind: "refused";
      readonly errors: FieldErrors;
      readonly complaints: readonly string[];
    }
  | { readonly kind: "already-applied" | "soft-error" | "stored" }
  /** Kept back until the person follows a link that was sent. */
  | { readonly kind: "unverified" };

/**
 * Checks an application, writes its line and says what the site is to answer. Every request is an
 * application of its own: sending twice must show in the ledger.
 */
export async function takeVendorApplication(
  { ledger, slowMs, stopping }: SiteDeps,
  { quirks, fields, values, complaints = [], ...line }: VendorApplication,
): Promise<VendorVerdict> {
  const errors = findErrors(fields, values);
  const isInvalid = quirks.has("invalid");
  const isRefused = isInvalid || Object.keys(errors).length > 0 || complaints.length > 0;
  const isStored = !isRefused && !quirks.has("already-applied") && !quirks.has("verify-email");
  await ledger.append({
    kind: "application",
    stored: isStored,
    applicantKey: String(values["email"] ?? "").toLowerCase(),
    fields: values,
    ...line,
  });
  if (isRefused) {
    const said = isInvalid ? [...complaints, "Please check your application"] : complaints;
    return { kind: "refused", errors, complaints: said };
  }
  if (quirks.has("already-applied")) return { kind: "already-applied" };
  if (quirks.has("verify-email")) return { kind: "unverified" };
  if (quirks.has("slow")) await pause(slowMs, stopping);
  return { kind: quirks.has("soft-error") ? "soft-error" : "stored" };
}
