import { type Problem, ValetError, errorPolicies, toValetError } from "@valet/contracts";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
} from "fastify-type-provider-zod";

type ErrorHandler = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void;

/**
 * The one way out for what was thrown: a `Problem` body with the status of its code. Of a fault of
 * ours the answer says only where to look in the log.
 */
export function createErrorHandler(): ErrorHandler {
  return (thrown, request, reply) => {
    const error = translate(thrown);
    const { code, kind, status } = error;
    if (kind === "bug")
      request.log.error({ err: thrown, ...issuePathsOf(thrown) }, "request failed");
    else if (kind === "transient") request.log.warn({ err: error }, "request could not be served");
    else request.log.info({ code, status }, "request refused");
    if (code === "UNAUTHORIZED") void reply.header("www-authenticate", "Bearer");
    const { retryAfterSeconds } = error.details;
    if (typeof retryAfterSeconds === "number") void reply.header("retry-after", retryAfterSeconds);
    send(reply, status, problemOf(error, request));
  };
}

/** For an address that no route serves. */
export function createNotFoundHandler(): (request: FastifyRequest, reply: FastifyReply) => void {
  return (request, reply) => {
    const error = new ValetError(
      "NOT_FOUND",
      "There is nothing at this address. The addresses are listed at /docs.",
    );
    send(reply, error.status, problemOf(error, request));
  };
}

/** Past the response schema, which a route need not have for every status. */
function send(reply: FastifyReply, status: number, problem: Problem): void {
  void reply
    .code(status)
    .type("application/json; charset=utf-8")
    .serializer((body) => JSON.stringify(body))
    .send(problem);
}

function problemOf(error: ValetError, request: FastifyRequest): Problem {
  const { code, message, details } = error;
  if (errorPolicies[code].kind === "bug") {
    return {
      code,
      message:
        "Something went wrong inside Valet. Try again; if it stays, give the request id to whoever runs this server.",
      details: { requestId: request.id },
    };
  }
  return { code, message, ...(Object.keys(details).length > 0 ? { details: { ...details } } : {}) };
}

/** Whoever puts a value where a name belongs does not get it back: refusals end up in other people's logs. */
const unknownNames = "holds names that are not known here; /docs lists those that are";

function translate(thrown: FastifyError): ValetError {
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const where = thrown.validationContext ?? "request";
    const issues = thrown.validation.map(({ instancePath, keyword, message }) => ({
      path: `${where}${instancePath}`,
      problem: keyword === "unrecognized_keys" ? unknownNames : (message ?? "is not valid"),
    }));
    const first = issues[0];
    return new ValetError(
      "VALIDATION",
      `The request is not valid${first === undefined ? "" : ` at ${first.path}`}. Nothing was changed. Correct what \`details.issues\` lists.`,
      { issues },
    );
  }
  const [code, message] = fastifyFaults[thrown.code] ?? [];
  if (code !== undefined && message !== undefined) return new ValetError(code, message);
  return toValetError(thrown);
}

/** Fastify's own codes that the caller can mend; all others are ours to mend. */
const fastifyFaults: Readonly<
  Record<string, readonly [code: keyof typeof errorPolicies, message: string]>
> = {
  FST_ERR_CTP_INVALID_JSON_BODY: [
    "MALFORMED_JSON",
    "The body is not valid JSON. Nothing was changed.",
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: [
    "MALFORMED_JSON",
    "The body is empty where JSON is expected. Nothing was changed.",
  ],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    "MALFORMED_JSON",
    "The body is not as long as its Content-Length says. Nothing was changed.",
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: [
    "PAYLOAD_TOO_LARGE",
    "The body is too large. Nothing was changed. At most 1 MB is accepted here.",
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    "UNSUPPORTED_MEDIA_TYPE",
    "This kind of body is not accepted. Nothing was changed. Send JSON, or multipart/form-data for files.",
  ],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [
    "UNSUPPORTED_MEDIA_TYPE",
    "A file is expected as multipart/form-data. Nothing was changed.",
  ],
  FST_REQ_FILE_TOO_LARGE: [
    "RESUME_TOO_LARGE",
    "The file is larger than 10 MB. Nothing was stored. Make it smaller, for instance by leaving out pictures.",
  ],
  FST_PARTS_LIMIT: ["VALIDATION", "The form has too many parts. Send one file."],
  FST_FILES_LIMIT: ["VALIDATION", "The form has more than one file. Send one file."],
  FST_FIELDS_LIMIT: ["VALIDATION", "The form has too many fields. Send one file."],
  FST_ERR_BAD_URL: ["NOT_FOUND", "There is nothing at this address."],
  FST_ERR_MAX_PARAM_LENGTH: ["NOT_FOUND", "There is nothing at this address."],
};

/** Where an answer did not fit its schema; zod's issues hold no values. */
function issuePathsOf(thrown: unknown): { issues?: readonly string[] } {
  if (!isResponseSerializationError(thrown)) return {};
  return { issues: thrown.cause.issues.map(({ path, code }) => `${path.join(".")}: ${code}`) };
}
