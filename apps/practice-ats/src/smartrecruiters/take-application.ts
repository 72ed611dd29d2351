import type { FastifyRequest } from "fastify";

import type { FieldValues, FormField } from "../form-field.ts";
import { readMultipartLists } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { sentValues } from "../vendor-hosts/sent-values.ts";
import {
  type ScriptReply,
  takeScriptedApplication,
} from "../vendor-hosts/take-scripted-application.ts";
import { knownPlaces, type SmartRecruitersForm } from "./smartrecruiters-form.ts";

interface Submit {
  readonly request: FastifyRequest;
  readonly form: SmartRecruitersForm;
  readonly quirks: ReadonlySet<string>;
  readonly job: string;
}

export async function takeApplication(
  deps: SiteDeps,
  { request, form, quirks, job }: Submit,
): Promise<ScriptReply> {
  const sent = await readMultipartLists(request);
  const fields = [...form.personal, ...form.screening];
  const values = sentValues(fields, sent, ({ id }) => id);
  return await takeScriptedApplication(deps, {
    site: "smartrecruiters",
    job,
    requestId: request.id,
    fields: fields.filter(({ id, kind }) => id !== "city" && kind !== "checkbox"),
    values,
    file: sent.files.get("resume"),
    quirks,
    complaints: complaintsOf(fields, values),
    refusal: "Please correct the errors in your answers.",
  });
}

function complaintsOf(fields: readonly FormField[], values: FieldValues): string[] {
  const complaints: string[] = [];
  const boxes = fields.filter(({ kind, required }) => kind === "checkbox" && required);
  if (boxes.some(({ id }) => values[id] !== "true")) complaints.push("Tick the box to continue.");
  if (values["email"] !== values["confirm-email"]) complaints.push("The e-mail addresses differ.");
  if (!knownPlaces.some((place) => place === values["city"]))
    complaints.push("Choose a known city.");
  return complaints;
}
