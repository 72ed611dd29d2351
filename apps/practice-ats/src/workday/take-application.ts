import type { FastifyRequest } from "fastify";

import { findErrors } from "../find-errors.ts";
import type { FieldValues, FormField } from "../form-field.ts";
import { pause } from "../pause.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { readMultipartLists, type SentForm } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { rowFieldId, rowLists, workdaySteps } from "./workday-form.ts";

interface Submit {
  readonly request: FastifyRequest;
  readonly posting: SeededPosting;
  readonly quirks: ReadonlySet<string>;
  readonly job: string;
}

interface Reply {
  readonly code: number;
  readonly body: { readonly result: string; readonly message?: string };
}

const mostRows = 10;

/** Takes every request as an application of its own: sending twice must show in the ledger. */
export async function takeApplication(
  { ledger, slowMs, stopping }: SiteDeps,
  { request, posting, quirks, job }: Submit,
): Promise<Reply> {
  const sent = await readMultipartLists(request);
  const fields = [
    ...workdaySteps(posting).flatMap((step) => step.fields),
    ...rowFields(posting, sent),
  ];
  const values = valuesOf(fields, sent);
  const errors = errorsIn(fields, values);
  const isRefused = errors.length > 0 || quirks.has("invalid");
  await ledger.append({
    kind: "application",
    stored: !isRefused && !quirks.has("already-applied"),
    site: "workday",
    job,
    requestId: request.id,
    applicantKey: sent.values.get("email")?.[0]?.toLowerCase(),
    fields: values,
    file: sent.file,
  });
  if (isRefused) {
    const words = errors.length > 0 ? errors.join(" ") : "Error: please correct the marked fields.";
    return { code: 422, body: { result: "invalid", message: words } };
  }
  if (quirks.has("already-applied")) return { code: 409, body: { result: "already-applied" } };
  if (quirks.has("slow")) await pause(slowMs, stopping);
  if (quirks.has("soft-error")) {
    return { code: 200, body: { result: "soft-error", message: submitReplies.softError } };
  }
  return { code: 200, body: { result: "stored" } };
}

/** The fields of the rows that were sent. */
function rowFields(posting: SeededPosting, { values }: SentForm): FormField[] {
  return rowLists(posting).flatMap(({ name, fields }) =>
    Array.from({ length: mostRows }, (_, row) =>
      fields.map((field) => ({ ...field, id: rowFieldId(name, row, field.id) })),
    )
      .filter((row) => row.some(({ id }) => values.has(id)))
      .flat(),
  );
}

function errorsIn(fields: readonly FormField[], values: FieldValues): string[] {
  const errors = Object.values(
    findErrors(
      fields.filter(({ kind }) => kind !== "checkbox"),
      values,
    ),
  );
  const boxes = fields.filter(({ kind, required }) => kind === "checkbox" && required);
  if (boxes.some(({ id }) => values[id] !== "true")) errors.push("Accept the terms to continue.");
  return errors;
}

function valuesOf(fields: readonly FormField[], { values, file }: SentForm): FieldValues {
  return Object.fromEntries(
    fields.map(({ id, kind }) => {
      const given = (values.get(id) ?? []).filter((value) => value !== "");
      if (kind === "file") return [id, file?.name ?? ""];
      return [id, kind === "checkboxes" ? given : (given[0] ?? "")];
    }),
  );
}
