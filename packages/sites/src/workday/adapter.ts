import type { FormPage } from "@valet/forms";
import type { SiteAdapter } from "../site-adapter.ts";
import { workdayHooks } from "./hooks.ts";

/** Its steps share one address and draw one field about a second before the others. */
export const workdayAdapter: SiteAdapter = {
  site: "workday",
  hooks: workdayHooks,
  readsResume: false,
  knownWalls: ["sign_in", "email_code"],
  steadyMs: 1_800,
  isWhole: hasMoreThanFirst,
  refine: leaveTermsToPerson,
};

/** A lone field is mostly the one that is drawn first; a lone file is a step of its own. */
function hasMoreThanFirst({ fields }: FormPage): boolean {
  const [first, ...others] = fields.filter(({ visible, policy }) => visible && policy !== "never");
  return first === undefined || others.length > 0 || first.kind === "file";
}

/** In each language the box is worded otherwise, at times like a plain consent to privacy. */
function leaveTermsToPerson(form: FormPage): FormPage {
  const fields = form.fields.map((field) => {
    const isTerms = `${field.domId ?? ""} ${field.name ?? ""}`.includes("acceptTermsAndAgreements");
    if (!isTerms || field.policy === "never") return field;
    const why = "the terms are the person's to accept";
    return { ...field, meaning: "attestation.other" as const, policy: "ask" as const, why };
  });
  return { ...form, fields };
}
