import type { FastifyReply, FastifyRequest } from "fastify";

import { captchaLetters, isCopied } from "../captcha-picture.ts";
import { findErrors } from "../find-errors.ts";
import type { FieldValues, FormField } from "../form-field.ts";
import type { LedgerFile } from "../ledger.ts";
import { pause } from "../pause.ts";
import type { SeededPosting } from "../postings/seeded-posting.ts";
import { readMultipartLists, type SentForm } from "../read-multipart.ts";
import type { SiteDeps } from "../site-deps.ts";
import { rejection, submitReplies } from "../submit-replies.ts";
import { queryOf } from "../vendor-hosts/host-names.ts";
import { cardName } from "./card-name.ts";
import { allLeverFields, type LeverForm } from "./lever-form.ts";
import { applyPage, wordsPage } from "./lever-page.ts";

interface Submit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly posting: SeededPosting;
  readonly form: LeverForm;
  readonly quirks: ReadonlySet<string>;
  readonly job: string;
}

/** Takes every request as an application of its own: sending twice must show in the ledger. */
export async function takeApplication(
  { ledger, slowMs, stopping }: SiteDeps,
  submit: Submit,
): Promise<unknown> {
  const { request, reply, posting, form, quirks, job } = submit;
  const sent = await readMultipartLists(request);
  const fields = allLeverFields(form);
  const values = valuesOf(fields, sent);
  const errors = [...Object.values(findErrors(fields, values)), ...placeErrors(sent)];
  const isRefused = errors.length > 0 || quirks.has("invalid") || isUnanswered(sent, submit);
  const isStored = !isRefused && !quirks.has("already-applied");
  await ledger.append({
    kind: "application",
    stored: isStored,
    site: "lever",
    job,
    requestId: request.id,
    applicantKey: sent.values.get("email")?.[0]?.toLowerCase(),
    fields: values,
    file: sent.file,
  });
  const page = (code: number, markup: string) => reply.code(code).type("text/html").send(markup);
  if (isRefused) {
    const words = errors.length > 0 ? errors : Object.values(rejection);
    const hasChallenge = quirks.has("challenge");
    return await page(400, applyPage({ posting, form, errors: words, hasChallenge }).markup);
  }
  if (quirks.has("already-applied")) {
    const text = `${submitReplies.alreadyApplied}.`;
    return await page(200, wordsPage(posting, posting.title, text).markup);
  }
  if (quirks.has("slow")) await pause(slowMs, stopping);
  if (quirks.has("soft-error")) {
    return await page(200, wordsPage(posting, posting.title, submitReplies.softError).markup);
  }
  const path = new URL(request.url, "http://practice").pathname.replace(/\/apply$/, "/thanks");
  return await reply.redirect(`${path}${queryOf(request)}`, 303);
}

function isUnanswered({ values }: SentForm, { posting, quirks }: Submit): boolean {
  const letters = captchaLetters(`lever ${posting.seed}`);
  return quirks.has("challenge") && !isCopied(letters, values.get("challenge")?.[0]);
}

/** A place that was typed and not chosen is none. */
function placeErrors({ values }: SentForm): string[] {
  return values.get("selectedLocation")?.[0] ? [] : ["Choose your location from the list"];
}

function valuesOf(fields: readonly FormField[], { values, file }: SentForm): FieldValues {
  const of = (field: FormField): readonly string[] => {
    if (field.kind === "file") return file === undefined ? [] : [(file satisfies LedgerFile).name];
    return (values.get(nameOf(field)) ?? []).filter((value) => value !== "");
  };
  return Object.fromEntries(
    fields.map((field) => {
      const given = of(field);
      return [field.id, field.kind === "checkboxes" ? given : (given[0] ?? "")];
    }),
  );
}

function nameOf({ id }: FormField): string {
  if (id.startsWith("question_")) return cardName(id);
  if (id === "consent") return "consent[marketing]";
  return id === "gender" || id === "veteran" ? `eeo[${id}]` : id;
}
