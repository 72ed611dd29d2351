import type { FastifyRequest } from "fastify";

import type { FieldValues, FormField } from "../form-field.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { readMultipartLists, type SentForm } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { sentValues } from "../vendor-hosts/sent-values.ts";
import {
  type ScriptReply,
  takeScriptedApplication,
} from "../vendor-hosts/take-scripted-application.ts";
import { rowFieldId, rowLists, workdaySteps } from "./workday-form.ts";

interface Submit {
  readonly request: FastifyRequest;
  readonly posting: SeededPosting;
  readonly quirks: ReadonlySet<string>;
  readonly job: string;
}

const mostRows = 10;

export async function takeApplication(
  deps: SiteDeps,
  { request, posting, quirks, job }: Submit,
): Promise<ScriptReply> {
  const sent = await readMultipartLists(request);
  const fields = [
    ...workdaySteps(posting).flatMap((step) => step.fields),
    ...rowFields(posting, sent),
  ];
  const values = sentValues(fields, sent, ({ id }) => id);
  return await takeScriptedApplication(deps, {
    site: "workday",
    job,
    requestId: request.id,
    fields: fields.filter(({ kind }) => kind !== "checkbox"),
    values,
    file: sent.files.get("resume"),
    quirks,
    complaints: areAccepted(fields, values) ? [] : ["Accept the terms to continue."],
    refusal: "Error: please correct the marked fields.",
  });
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

function areAccepted(fields: readonly FormField[], values: FieldValues): boolean {
  const boxes = fields.filter(({ kind, required }) => kind === "checkbox" && required);
  return boxes.every(({ id }) => values[id] === "true");
}
