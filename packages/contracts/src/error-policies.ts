/** Who must act: the person who called, time (a retry may succeed), or us. */
export type ErrorKind = "user" | "transient" | "bug";

interface ErrorPolicy {
  readonly kind: ErrorKind;
  /** HTTP status when the error leaves through the API. */
  readonly status: number;
  /** One sentence for whoever called: what to do. */
  readonly next: string;
}

/**
 * Every stable error code with what it means for retry and for HTTP, and what its
 * receiver does next (docs/problem-codes.md is made from it).
 * A code is part of the contract: rename none, remove none without a decision record.
 */
export const errorPolicies = {
  INTERNAL: {
    kind: "bug",
    status: 500,
    next: "Try again; if it stays, give the request id to whoever runs the server.",
  },
  USAGE: {
    kind: "user",
    status: 400,
    next: "Correct the command; `--help` behind a verb shows how it is used.",
  },
  INTERRUPTED: {
    kind: "user",
    status: 499,
    next: "Run the command again when you want it to go on.",
  },
  VALIDATION: {
    kind: "user",
    status: 422,
    next: "Correct what `details.issues` lists and send the request again.",
  },
  MALFORMED_JSON: {
    kind: "user",
    status: 400,
    next: "Send a body that is valid JSON and as long as its Content-Length says.",
  },
  PAYLOAD_TOO_LARGE: { kind: "user", status: 413, next: "Send a smaller body." },
  UNSUPPORTED_MEDIA_TYPE: {
    kind: "user",
    status: 415,
    next: "Send JSON, or multipart/form-data for files.",
  },
  UNAUTHORIZED: {
    kind: "user",
    status: 401,
    next: "Send an API key or sign-in token that is good; do not repeat the same one.",
  },
  SIGN_IN_UNAVAILABLE: {
    kind: "transient",
    status: 503,
    next: "Wait as long as `Retry-After` says and try again, or use an API key.",
  },
  RATE_LIMITED: {
    kind: "transient",
    status: 429,
    next: "Wait as long as `Retry-After` says, then try again and ask less often.",
  },
  QUEUE_FULL: {
    kind: "transient",
    status: 429,
    next: "Wait as long as `Retry-After` says and send the same request again; nothing was stored.",
  },
  FORBIDDEN: {
    kind: "user",
    status: 403,
    next: "Use a key with the scope in `details`, or have an admin do it.",
  },
  NOT_FOUND: {
    kind: "user",
    status: 404,
    next: "Check the id or the address against a list of what is yours.",
  },
  ILLEGAL_TRANSITION: {
    kind: "user",
    status: 409,
    next: "Look at where it stands now and do what fits that.",
  },
  ALREADY_APPLIED: {
    kind: "user",
    status: 409,
    next: "Look at the application in `details.taskId`; apply for another job.",
  },
  TASK_IN_PROGRESS: {
    kind: "user",
    status: 409,
    next: "Follow the application in `details.taskId`, or cancel it first.",
  },
  ALREADY_SUBMITTED: {
    kind: "user",
    status: 409,
    next: "Follow the application: its outcome is being determined.",
  },
  OUTCOME_UNKNOWN: {
    kind: "user",
    status: 409,
    next: "Find out whether it arrived and say so with POST /tasks/:id/resolve.",
  },
  CONTRADICTS_EVIDENCE: {
    kind: "user",
    status: 409,
    next: "Nothing is to be done: what became of it is on record.",
  },
  DUPLICATE_RISK: {
    kind: "user",
    status: 409,
    next: "Look for an e-mail from the employer; to go on all the same send `acceptDuplicateRisk`.",
  },
  ATTEMPT_ARMED: {
    kind: "transient",
    status: 409,
    next: "Try again in a few seconds: it is being sent at this moment.",
  },
  RESUME_NOT_READY: {
    kind: "user",
    status: 409,
    next: "Wait until the résumé has been read, then send the request again.",
  },
  STALE_CHANGES: {
    kind: "user",
    status: 409,
    next: "Look at the changes that are proposed now and accept those.",
  },
  STALE_PROFILE: {
    kind: "user",
    status: 412,
    next: "Read the profile again, change that, and send it with its `ETag`.",
  },
  STALE_REVIEW: {
    kind: "user",
    status: 409,
    next: "Look at the newest review and approve that one.",
  },
  NO_OPEN_REVIEW: {
    kind: "user",
    status: 409,
    next: "Look at where the application stands; it asks for no approval now.",
  },
  RUN_NOT_STUCK: {
    kind: "user",
    status: 409,
    next: "Leave it: its run goes on or waits, and one that cannot go on is started again by itself.",
  },
  NO_OPEN_STEP: { kind: "user", status: 409, next: "Look at what the application waits for now." },
  IDEMPOTENCY_KEY_REUSED: {
    kind: "user",
    status: 422,
    next: "Use a new Idempotency-Key for a new request; send the first one unchanged to get its answer.",
  },
  IDEMPOTENCY_KEY_IN_USE: {
    kind: "transient",
    status: 409,
    next: "Wait a moment and send the same request with the same key again.",
  },
  TOO_MANY_STREAMS: {
    kind: "transient",
    status: 429,
    next: "Close live streams that nobody reads, or follow all applications in one (`GET /stream`).",
  },
  DIGEST_REQUIRED: {
    kind: "user",
    status: 422,
    next: "Look at the fields, then send the digest in `details` with the approval.",
  },
  UNKNOWN_FIELD: {
    kind: "user",
    status: 422,
    next: "Use the field ids that the form has; `details.fieldIds` lists the others.",
  },
  INVALID_ANSWER: {
    kind: "user",
    status: 422,
    next: "Correct the answers to the fields in `details.fieldIds`.",
  },
  CODE_REQUIRED: {
    kind: "user",
    status: 422,
    next: "Send the code that the site has sent to the person.",
  },
  JOB_URL_INVALID: {
    kind: "user",
    status: 422,
    next: "Send the whole http(s) address of one job.",
  },
  JOB_URL_UNSUPPORTED: {
    kind: "user",
    status: 422,
    next: "Open the employer's own page of the job and send that address.",
  },
  SITE_FORBIDS_AUTOMATION: {
    kind: "user",
    status: 422,
    next: "Apply there by hand: the site does not want programs.",
  },
  JOB_URL_PRIVATE: { kind: "user", status: 422, next: "Send an address on the public internet." },
  JOB_URL_UNKNOWN_HOST: {
    kind: "user",
    status: 422,
    next: "Check the host's name for a slip of the hand.",
  },
  RESUME_UNSUPPORTED: {
    kind: "user",
    status: 415,
    next: "Save the résumé as PDF or DOCX and send that.",
  },
  RESUME_TOO_LARGE: {
    kind: "user",
    status: 413,
    next: "Make the file smaller than 10 MB, for instance by leaving out pictures.",
  },
  RESUME_UNREADABLE: {
    kind: "user",
    status: 422,
    next: "Export the résumé again as the message says, then upload the new file.",
  },
  RESUME_EMPTY: { kind: "user", status: 422, next: "Send one file that is not empty." },
  USER_NAME_TAKEN: { kind: "user", status: 409, next: "Choose another name." },
  NOT_CONFIRMED: {
    kind: "user",
    status: 422,
    next: "Send your user name in `confirm` if you mean it; it cannot be taken back.",
  },
  WEBHOOK_URL_REFUSED: {
    kind: "user",
    status: 422,
    next: "Use an https address that everybody on the internet can reach.",
  },
  WEBHOOK_LIMIT: { kind: "user", status: 409, next: "Delete a webhook that is not needed." },
  SCHEDULE_LIMIT: { kind: "user", status: 409, next: "Delete a schedule that is not needed." },
  SCHEDULE_DONE: {
    kind: "user",
    status: 409,
    next: "Make a new schedule for further jobs (`valet schedule add`).",
  },
  WEBHOOK_DISABLED: { kind: "user", status: 409, next: "Switch the webhook on, then try again." },
  ANSWER_LIMIT: {
    kind: "user",
    status: 409,
    next: "Delete saved answers that are not needed (`DELETE /answers`).",
  },
  CONFIG_INVALID: {
    kind: "user",
    status: 500,
    next: "Correct the variables that the message names and start again.",
  },
  PORT_TAKEN: {
    kind: "user",
    status: 500,
    next: "Stop the program that has the port, or set another one.",
  },
  CHROMIUM_MISSING: {
    kind: "user",
    status: 500,
    next: "Install Chromium; `valet doctor` prints the command.",
  },
  REDIS_MISSING: {
    kind: "user",
    status: 500,
    next: "Install Redis; `valet doctor` prints the command.",
  },
  POSTGRES_UNAVAILABLE: {
    kind: "transient",
    status: 503,
    next: "Wait as long as `Retry-After` says and try again; if it stays, whoever runs the server looks at Postgres.",
  },
  REDIS_UNAVAILABLE: {
    kind: "transient",
    status: 503,
    next: "Wait as long as `Retry-After` says and try again; if it stays, whoever runs the server looks at Redis.",
  },
  ENGINE_UNAVAILABLE: {
    kind: "transient",
    status: 503,
    next: "Wait as long as `Retry-After` says and try again; if it stays, whoever runs the server looks at Hatchet.",
  },
  ENGINE_BUILD_FAILED: {
    kind: "user",
    status: 500,
    next: "Read the end of the build's log; `valet doctor` says what is missing.",
  },
  ENGINE_TOKEN_MISSING: {
    kind: "user",
    status: 500,
    next: "Set HATCHET_CLIENT_TOKEN, or have Valet start its own engine.",
  },
  STACK_ALREADY_RUNNING: {
    kind: "user",
    status: 409,
    next: "Use the Valet that runs, or stop it first.",
  },
  STACK_START_FAILED: {
    kind: "user",
    status: 500,
    next: "Read the log lines beside the message and run `valet doctor`.",
  },
  MIGRATION_FAILED: {
    kind: "bug",
    status: 500,
    next: "Whoever runs the server corrects what the message names and starts again.",
  },
  SESSION_HOST_UNAVAILABLE: {
    kind: "transient",
    status: 503,
    next: "Wait as long as `Retry-After` says and try again; if it stays, whoever runs the server looks at the session host.",
  },
  SESSION_LOST: {
    kind: "user",
    status: 410,
    next: "Look at where the application stands; where it goes on it gets another browser.",
  },
  SESSION_CAPACITY: {
    kind: "transient",
    status: 503,
    next: "Wait as long as `Retry-After` says: another browser has to close first.",
  },
  BROWSER_LAUNCH_FAILED: {
    kind: "transient",
    status: 500,
    next: "Nothing is to be done at first, it is tried again; if it stays, run `valet doctor`.",
  },
  DISPLAY_START_FAILED: {
    kind: "transient",
    status: 500,
    next: "Nothing is to be done at first, it is tried again; if it stays, run `valet doctor`.",
  },
  CONTROL_TAKEN: {
    kind: "transient",
    status: 409,
    next: "Wait until the other window hands the browser back, or look on.",
  },
  DISPLAY_MISSING: {
    kind: "user",
    status: 409,
    next: "Whoever runs the server installs Xvnc or sets VALET_DISPLAY.",
  },
  FENCED: {
    kind: "user",
    status: 409,
    next: "Nothing is to be done: another worker has the browser and goes on.",
  },
  PAGE_UNREACHABLE: {
    kind: "transient",
    status: 502,
    next: "Try again later, and open the address in a browser of your own.",
  },
  PAGE_NOT_FOUND: {
    kind: "user",
    status: 422,
    next: "Check the address: the site has no such page.",
  },
  POSTING_CLOSED: {
    kind: "user",
    status: 422,
    next: "Apply for another job: this one takes no applications any more.",
  },
  FORM_NOT_FOUND: {
    kind: "user",
    status: 422,
    next: "Send the address of the page that holds the application form.",
  },
  FIELD_NOT_WRITABLE: {
    kind: "transient",
    status: 500,
    next: "Nothing is to be done at first, it is tried again; if it stays, fill that field in the live view.",
  },
  PAGE_DID_NOT_ADVANCE: {
    kind: "transient",
    status: 500,
    next: "Nothing is to be done at first, it is tried again; if it stays, look at the page in the live view.",
  },
  QUESTION_UNANSWERED: {
    kind: "user",
    status: 422,
    next: "Answer what `details` or the task's questions list, then start again.",
  },
  OBJECT_NOT_FOUND: {
    kind: "user",
    status: 404,
    next: "Nothing is to be done: what was stored under it is gone.",
  },
  STORAGE_UNAVAILABLE: {
    kind: "transient",
    status: 503,
    next: "Wait as long as `Retry-After` says and try again; if it stays, whoever runs the server looks at the storage.",
  },
  API_UNREACHABLE: {
    kind: "transient",
    status: 503,
    next: "Start Valet with `valet up`, or set VALET_API_URL to where it runs.",
  },
  TIMEOUT: {
    kind: "transient",
    status: 504,
    next: "Try again; if it stays, look at the server's log.",
  },
} as const satisfies Record<string, ErrorPolicy>;
