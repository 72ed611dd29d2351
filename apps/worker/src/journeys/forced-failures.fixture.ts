import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { type TestValet } from "@valet/testkit";
import { maxResumeBytes } from "@valet/contracts";
import type { Applicant } from "./applicant.fixture.ts";
import type { CanaryBook } from "./canary-person.fixture.ts";
import type { LeavingWatch } from "./what-left.fixture.ts";

export interface FailureStage {
  readonly valet: TestValet;
  readonly ada: Applicant;
  readonly book: CanaryBook;
  /** Listened in on. */
  readonly watch: Pick<LeavingWatch, "fetch" | "tell">;
  /** An application that waits for its review. */
  readonly taskId: string;
  readonly digest: string;
  /** A key that has ended. */
  readonly endedKey: string;
}

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string | FormData;
}

/**
 * One way to make a request fail, with canaries wherever a caller can put a value. What a caller calls a field
 * that there is not is no value: a refusal says it back, since nobody could mend it otherwise.
 */
export interface ForcedFailure {
  readonly name: string;
  readonly code: string;
  readonly send: (stage: FailureStage, canary: string) => Sent;
}

const json = "application/json";
const tasks = { method: "POST", path: "/tasks" };
const job = (rest: string) => ({ jobUrl: rest, resumeId: randomUUID(), mode: "copilot" });

/** Whatever a proxy, a browser or a tracer may send. */
const junkHeaders =
  "x-request-id request-id traceparent user-agent referer accept last-event-id x-forwarded-for x-forwarded-host cookie".split(
    " ",
  );

export const forcedFailures: readonly ForcedFailure[] = [
  {
    name: "a value of the wrong kind",
    code: "VALIDATION",
    send: (_, canary) => ({
      method: "PUT",
      path: "/profile",
      json: { basics: { name: 7, email: canary, location: { countryCode: canary } } },
    }),
  },
  {
    name: "an object where a text belongs",
    code: "VALIDATION",
    send: (_, canary) => ({
      method: "PUT",
      path: "/profile",
      json: { basics: { name: { [canary]: canary } }, work: canary },
    }),
  },
  {
    name: "broken JSON",
    code: "MALFORMED_JSON",
    send: (_, canary) => ({ method: "PUT", path: "/profile", body: `{"basics":"${canary}"}}` }),
  },
  {
    name: "text that Postgres cannot keep",
    code: "VALIDATION",
    send: (_, canary) => ({
      method: "PUT",
      path: "/profile",
      json: { basics: { name: `${canary}\u0000`, [`${canary}\u0000`]: 1 } },
    }),
  },
  {
    name: "a field that there is not",
    code: "VALIDATION",
    send: (_, canary) => ({
      ...tasks,
      json: { ...job("https://jobs.example.com/1"), unheardOf: canary },
    }),
  },
  {
    name: "a value outside a list",
    code: "VALIDATION",
    send: (_, canary) => ({
      ...tasks,
      json: { ...job("https://jobs.example.com/1"), mode: canary },
    }),
  },
  {
    name: "an address that is no web address",
    code: "JOB_URL_UNSUPPORTED",
    send: (_, canary) => ({ ...tasks, json: job(`file:///home/${canary}`) }),
  },
  {
    name: "an address with a password",
    code: "JOB_URL_UNSUPPORTED",
    send: (_, canary) => ({ ...tasks, json: job(`https://${canary}:${canary}@example.com/`) }),
  },
  {
    name: "an address of a host that there is not",
    code: "JOB_URL_UNKNOWN_HOST",
    send: (_, canary) => ({ ...tasks, json: job(`https://${canary}.invalid/${canary}`) }),
  },
  {
    name: "somebody else's résumé",
    code: "NOT_FOUND",
    send: ({ valet }, canary) => ({
      ...tasks,
      json: job(`${valet.practiceUrl}/plain/jobs/engineer-1?token=${canary}`),
    }),
  },
  {
    name: "an Idempotency-Key that is too long",
    code: "VALIDATION",
    send: (_, canary) => ({
      ...tasks,
      headers: { "idempotency-key": canary.repeat(20) },
      json: job("https://jobs.example.com/1"),
    }),
  },
  {
    name: "a cursor that is none",
    code: "VALIDATION",
    send: (_, canary) => ({ path: `/tasks?cursor=${canary}&${canary}=1` }),
  },
  {
    name: "a number that is none",
    code: "VALIDATION",
    send: ({ taskId }, canary) => ({ path: `/tasks/${taskId}/events?after=${canary}` }),
  },
  {
    name: "an id that is none",
    code: "NOT_FOUND",
    send: (_, canary) => ({ path: `/tasks/${canary}` }),
  },
  {
    name: "an address that there is not",
    code: "NOT_FOUND",
    send: (_, canary) => ({ path: `/${canary}/${canary}?${canary}` }),
  },
  {
    name: "another review's digest",
    code: "STALE_REVIEW",
    send: ({ taskId }, canary) => ({
      method: "POST",
      path: `/tasks/${taskId}/approve`,
      json: { digest: canary },
    }),
  },
  {
    name: "a correction of a field that there is not",
    code: "UNKNOWN_FIELD",
    send: ({ taskId, digest }, canary) => ({
      method: "POST",
      path: `/tasks/${taskId}/approve`,
      json: { digest, fieldOverrides: { unheardOf: canary } },
    }),
  },
  {
    name: "a code that is none",
    code: "VALIDATION",
    send: ({ taskId }, canary) => ({
      method: "POST",
      path: `/tasks/${taskId}/human-steps/${randomUUID()}/done`,
      json: { code: `${canary}, ${canary}` },
    }),
  },
  {
    name: "a step that there is not",
    code: "NOT_FOUND",
    send: ({ taskId }, canary) => ({
      method: "POST",
      path: `/tasks/${taskId}/human-steps/${canary}/done`,
      json: { code: "ABC123" },
    }),
  },
  {
    name: "a statement that nobody can make",
    code: "VALIDATION",
    send: ({ taskId }, canary) => ({
      method: "POST",
      path: `/tasks/${taskId}/resolve`,
      json: { outcome: canary },
    }),
  },
  {
    name: "typing without control",
    code: "CONTROL_TAKEN",
    send: ({ taskId }, canary) => ({
      method: "POST",
      path: `/tasks/${taskId}/text`,
      json: { control: randomUUID(), text: canary },
    }),
  },
  {
    name: "a résumé that is none",
    code: "RESUME_UNSUPPORTED",
    send: (_, canary) => ({ method: "POST", path: "/resumes", body: fileOf(canary, canary) }),
  },
  {
    name: "a résumé that is too large",
    code: "RESUME_TOO_LARGE",
    send: (_, canary) => ({
      method: "POST",
      path: "/resumes",
      body: fileOf(canary, `%PDF-1.4 ${canary}`.padEnd(maxResumeBytes + 1)),
    }),
  },
  {
    name: "a body that is too large",
    code: "PAYLOAD_TOO_LARGE",
    send: (_, canary) => ({
      method: "PUT",
      path: "/profile",
      json: { basics: { summary: canary.repeat(100_000) } },
    }),
  },
  {
    name: "a body of another kind",
    code: "UNSUPPORTED_MEDIA_TYPE",
    send: (_, canary) => ({
      method: "PUT",
      path: "/profile",
      headers: { "content-type": `application/${canary}` },
      body: canary,
    }),
  },
  {
    name: "a webhook to a host that there is not",
    code: "WEBHOOK_URL_REFUSED",
    send: (_, canary) => ({
      method: "POST",
      path: "/webhooks",
      json: { url: `https://${canary}.invalid/${canary}` },
    }),
  },
  {
    name: "a webhook with a password in its address",
    code: "WEBHOOK_URL_REFUSED",
    send: (_, canary) => ({
      method: "POST",
      path: "/webhooks",
      json: { url: `https://${canary}:${canary}@example.com/` },
    }),
  },
  {
    name: "a key that there is not",
    code: "UNAUTHORIZED",
    send: (_, canary) => ({ path: "/me", headers: { authorization: `Bearer ${canary}` } }),
  },
  {
    name: "a key that has ended",
    code: "UNAUTHORIZED",
    send: ({ endedKey }, canary) => ({
      path: `/me?${canary}`,
      headers: { authorization: `Bearer ${endedKey}` },
    }),
  },
  {
    name: "a login with a key that there is not",
    code: "UNAUTHORIZED",
    send: (_, canary) => ({ method: "POST", path: "/login", json: { apiKey: canary } }),
  },
  {
    name: "a login's cookie that nobody was given",
    code: "UNAUTHORIZED",
    send: (_, canary) => ({
      path: "/me",
      headers: { authorization: "", cookie: `valet_session=${canary.padEnd(43, "x")}` },
    }),
  },
  {
    name: "a page that is not ours",
    code: "FORBIDDEN",
    send: ({ taskId }, canary) => ({
      method: "POST",
      path: `/tasks/${taskId}/takeover`,
      headers: { origin: `https://${canary}.example` },
      json: { mode: "view" },
    }),
  },
  {
    name: "rights that there are not",
    code: "VALIDATION",
    send: (_, canary) => ({
      method: "POST",
      path: "/api-keys",
      json: { name: canary, scopes: [canary] },
    }),
  },
  {
    name: "an erasure that names somebody else",
    code: "NOT_CONFIRMED",
    send: (_, canary) => ({ method: "DELETE", path: "/me", json: { confirm: canary } }),
  },
  {
    name: "runs in a state that there is not",
    code: "VALIDATION",
    send: (_, canary) => ({
      method: "POST",
      path: "/runs/cancel",
      json: { filters: { state: canary } },
    }),
  },
  {
    name: "junk in every header",
    code: "VALIDATION",
    send: ({ taskId }, canary) => ({
      path: `/tasks/${taskId}/stream?after=x`,
      headers: Object.fromEntries(junkHeaders.map((name) => [name, canary])),
    }),
  },
];

/** Sends one and says what it was refused with. */
export async function force(stage: FailureStage, failure: ForcedFailure): Promise<string> {
  const {
    method = "GET",
    path,
    headers,
    ...rest
  } = failure.send(stage, stage.book.refused(failure.name));
  const body = rest.json === undefined ? rest.body : JSON.stringify(rest.json);
  const isForm = body instanceof FormData;
  const response = await stage.watch.fetch(`${stage.valet.apiUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${stage.valet.apiKey}`,
      ...(body === undefined || isForm ? {} : { "content-type": json }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  if (response.ok) return `nothing: ${response.status}`;
  const { code } = (await response.json()) as { code: string };
  return code;
}

/** A WebSocket that is refused, with a ticket of the caller's own making; fetch cannot ask for one. */
export async function forceSocket(
  { valet, book, watch }: FailureStage,
  path: "/ws" | "/live",
): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const canary = book.refused(`a ticket for ${path}`);
  watch.tell(canary);
  const request = httpRequest(`${valet.apiUrl}${path}?${canary}`, {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      origin: valet.apiUrl,
      "sec-websocket-version": "13",
      "sec-websocket-key": Buffer.alloc(16).toString("base64"),
      "sec-websocket-protocol": `valet.1, binary, ticket.${canary}`,
    },
  }).end();
  const [response] = (await once(request, "response")) as [
    AsyncIterable<Buffer> & { statusCode?: number },
  ];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, text: Buffer.concat(chunks).toString() };
}

function fileOf(name: string, content: string): FormData {
  const form = new FormData();
  form.set("file", new Blob([content]), `${name}.pdf`);
  return form;
}
