import { findErrors } from "../find-errors.ts";
import type { Draft } from "./create-drafts.ts";
import { contactPage } from "./form-pages.ts";
import { contactFields, hasErrors } from "./plain-form.ts";
import { draftPath } from "./plain-paths.ts";
import { readFields, record, show, type Visit } from "./visit.ts";

/** With a draft when the applicant came back to this page. */
interface ContactVisit extends Visit {
  readonly draft?: Draft;
}

export async function showContact(visit: ContactVisit): Promise<unknown> {
  const { visits, request, reply, job, draft } = visit;
  if (!draft) visits.add(job, request, reply);
  return await show(reply, contactPage({ job, draft, values: draft?.contact ?? {}, errors: {} }));
}

export async function takeContact(visit: ContactVisit): Promise<unknown> {
  const { drafts, visits, request, reply, job, draft } = visit;
  const values = readFields(request.body);
  const errors = findErrors(contactFields, values);
  await record(visit, { kind: "step", stored: !hasErrors(errors), fields: values });
  if (hasErrors(errors)) return await show(reply, contactPage({ job, draft, values, errors }), 422);
  const next = draft
    ? { ...draft, contact: values }
    : drafts.begin({ jobName: job.name, visit: visits.last(job), contact: values });
  drafts.save(next);
  return await reply.redirect(draftPath(job, next, "questions"), 303);
}
