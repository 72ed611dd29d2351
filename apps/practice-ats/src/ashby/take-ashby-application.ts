import type { FastifyRequest } from "fastify";

import { findErrors } from "../find-errors.ts";
import { pause } from "../pause.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { readMultipartLists } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { submitReplies } from "../submit-replies.ts";
import { sentValues } from "../vendor-hosts/sent-values.ts";
import { ashbyForm, locationPath, resumePath } from "./ashby-form.ts";
import type { SubmitResult } from "./submit-result.ts";

interface Submit {
  readonly request: FastifyRequest;
  readonly posting: SeededPosting;
  readonly quirks: ReadonlySet<string>;
  readonly job: string;
}

/** Takes every request as an application of its own: sending twice must show in the ledger. */
export async function takeAshbyApplication(
  { ledger, slowMs, stopping }: SiteDeps,
  { request, posting, quirks, job }: Submit,
): Promise<SubmitResult> {
  const sent = await readMultipartLists(request);
  const form = ashbyForm(posting, quirks);
  const fields = [...form.fields, ...form.survey];
  const values = sentValues(fields, sent, ({ id }) => id);
  const wrong = new Set(Object.keys(findErrors(fields, values)));
  // A place that was typed and not chosen is none.
  if (!sent.values.get(`${locationPath}_place`)?.[0]) wrong.add(locationPath);
  const isLimited = quirks.has("application-limit");
  const isRefused = wrong.size > 0 || quirks.has("invalid");
  await ledger.append({
    kind: "application",
    stored: !isRefused && !isLimited,
    site: "ashby",
    job,
    requestId: request.id,
    applicantKey: sent.values.get("_systemfield_email")?.[0]?.toLowerCase(),
    fields: values,
    file: sent.files.get(resumePath),
  });
  if (isRefused) {
    const missing = fields.filter(({ id }) => wrong.has(id));
    const messages = missing.map(({ label }) => `Missing entry for required field: ${label}`);
    const refused = "This email address is not accepted. Please correct it.";
    return { kind: "error", messages: messages.length > 0 ? messages : [refused] };
  }
  if (isLimited) return { kind: "limit", message: limitReached };
  if (quirks.has("slow")) await pause(slowMs, stopping);
  if (quirks.has("soft-error")) return { kind: "error", messages: [submitReplies.softError] };
  return { kind: "success" };
}

const limitReached =
  "You have reached the application limit for this job. A person can apply once in 90 days.";
