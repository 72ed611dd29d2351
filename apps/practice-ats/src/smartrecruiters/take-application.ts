import type { FastifyRequest } from "fastify";

import { findErrors } from "../find-errors.ts";
import type { FieldValues, FormField } from "../form-field.ts";
import { pause } from "../pause.ts";
import { readMultipartLists, type SentForm } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { knownPlaces, type SmartRecruitersForm } from "./smartrecruiters-form.ts";

interface Submit {
  readonly request: FastifyRequest;
  readonly form: SmartRecruitersForm;
  readonly quirks: ReadonlySet<string>;
  readonly job: string;
}

interface Reply {
  readonly code: number;
  readonly body: { readonly result: string; readonly message?: string };
}

/** Takes every request as an application of its own: sending twice must show in the ledger. */
export async function takeApplication(
  { ledger, slowMs, stopping }: SiteDeps,
  { request, form, quirks, job }: Submit,
): Promise<Reply> {
  const sent = await readMultipartLists(request);
  const fields = [...form.personal, ...form.screening];
  const values = valuesOf(fields, sent);
  const errors = errorsIn(fields, values);
  const isRefused = errors.length > 0 || quirks.has("invalid");
  await ledger.append({
    kind: "application",
    stored: !isRefused && !quirks.has("already-applied"),
    site: "smartrecruiters",
    job,
    requestId: request.id,
    applicantKey: sent.values.get("email")?.[0]?.toLowerCase(),
    fields: values,
    file: sent.file,
  });
  if (isRefused) {
    const words =
      errors.length > 0 ? errors.join(" ") : "Please correct the errors in your answers.";
    return { code: 422, body: { result: "invalid", message: words } };
  }
  if (quirks.has("already-applied")) return { code: 409, body: { result: "already-applied" } };
  if (quirks.has("slow")) await pause(slowMs, stopping);
  if (quirks.has("soft-error")) {
    return { code: 200, body: { result: "soft-error", message: submitReplies.softError } };
  }
  return { code: 200, body: { result: "stored" } };
}

function errorsIn(fields: readonly FormField[], values: FieldValues): string[] {
  const own = fields.filter(({ id, kind }) => id !== "city" && kind !== "checkbox");
  const errors = Object.values(findErrors(own, values));
  const boxes = fields.filter(({ kind, required }) => kind === "checkbox" && required);
  if (boxes.some(({ id }) => values[id] !== "true")) errors.push("Tick the box to continue.");
  if (values["email"] !== values["confirm-email"]) errors.push("The e-mail addresses differ.");
  if (!knownPlaces.some((place) => place === values["city"])) errors.push("Choose a known city.");
  return errors;
}

function valuesOf(fields: readonly FormField[], { values, file }: SentForm): FieldValues {
  return Object.fromEntries(
    fields.map(({ id, kind }) => {
      const given = (values.get(id) ?? []).filter((value) => value !== "");
      if (id === "resume") return [id, file?.name ?? ""];
      return [id, kind === "checkboxes" ? given : (given[0] ?? "")];
    }),
  );
}
