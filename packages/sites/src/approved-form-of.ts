import type { ApprovedForm } from "@valet/browser";
import type { FormPage } from "@valet/forms";

/** The form as the gate of a browser has to know it. */
export function approvedFormOf({
  url,
  buttons,
  target,
}: Pick<FormPage, "url" | "buttons" | "target">): ApprovedForm {
  return {
    url: buttons.submit?.frame ?? url,
    target: target && { method: target.method.toUpperCase(), url: target.action },
  };
}
