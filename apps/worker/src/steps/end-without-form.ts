import type { ReasonCode } from "@valet/contracts";
import type { OpenedForm } from "@valet/forms";

type NoForm = Exclude<OpenedForm["kind"], "form">;

/** The end of an application whose job leads to no form. */
export function endWithoutForm(kind: NoForm) {
  if (kind === "already_applied") {
    return {
      outcome: "already_applied" as const,
      reason: "ALREADY_APPLIED" as const,
      message: "The site says that you have already applied for this job. Nothing was sent again.",
    };
  }
  return { outcome: "not_submitted" as const, ...withoutForm[kind] };
}

const withoutForm: Readonly<
  Record<
    Exclude<NoForm, "already_applied">,
    { readonly reason: ReasonCode; readonly message: string }
  >
> = {
  closed: {
    reason: "POSTING_CLOSED",
    message: "The employer no longer takes applications for this job. Nothing was sent.",
  },
  not_found: {
    reason: "PAGE_NOT_FOUND",
    message: "There is no page at this job address any more. Nothing was sent. Check the address.",
  },
  site_error: {
    reason: "PAGE_UNREACHABLE",
    message: "The job's site answered with an error. Nothing was sent. Try again later.",
  },
  elsewhere: {
    reason: "FORM_NOT_FOUND",
    message:
      "This page sends applicants to another site. Nothing was sent. Use the address of the application form there.",
  },
  one_click: {
    reason: "FORM_NOT_FOUND",
    message:
      "All this page offers is a button that applies at once, without a form to look at, so it was not pressed. Nothing was sent. Look for the same job on the employer's own site.",
  },
  posting: formNotFound(),
  confirmation: formNotFound(),
  unknown: formNotFound(),
};

function formNotFound() {
  return {
    reason: "FORM_NOT_FOUND",
    message:
      "No application form was found on this page. Nothing was sent. Use the address of the application form itself.",
  } as const;
}
