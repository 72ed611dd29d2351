/** What may be logged of an error: this list and nothing else. */
export interface ErrorView {
  readonly type: string;
  readonly message?: string;
  readonly stack?: string;
  readonly code?: string | number;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly table?: string;
  readonly constraint?: string;
  readonly cause?: ErrorView;
}

const deepestCause = 8;

/**
 * The loggable view of whatever was thrown. A Postgres error can quote the row it refused in its
 * message, so it is shown by SQLSTATE, table and constraint, with the stack's frames alone.
 * Of a thrown value that is no error only the type is shown.
 */
export function errorView(thrown: unknown): ErrorView {
  return view(thrown, deepestCause);
}

/** Puts errors held in the record's values, under whatever key, through `errorView`. */
export function viewErrorsIn(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [
      key,
      value instanceof Error ? errorView(value) : value,
    ]),
  );
}

function view(thrown: unknown, causesLeft: number): ErrorView {
  if (!(thrown instanceof Error)) return { type: thrown === null ? "null" : typeof thrown };
  const fields: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(thrown));
  const { code, details } = fields;
  const isFromPostgres = isPostgresError(thrown, fields);
  return {
    type: isFromPostgres ? "PostgresError" : thrown.name,
    ...(isFromPostgres ? postgresFields(fields) : { message: thrown.message }),
    ...(thrown.stack === undefined
      ? {}
      : { stack: isFromPostgres ? framesOf(thrown.stack, thrown.message) : thrown.stack }),
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    ...(!isFromPostgres && isRecord(details) ? { details: viewErrorsIn(details) } : {}),
    ...(thrown.cause === undefined || causesLeft === 0
      ? {}
      : { cause: view(thrown.cause, causesLeft - 1) }),
  };
}

/** An error the server answered with: pg's have no name of their own, postgres.js's have one. */
function isPostgresError(error: Error, fields: Readonly<Record<string, unknown>>): boolean {
  const { severity, code } = fields;
  return (
    error.name === "PostgresError" ||
    (typeof severity === "string" && typeof code === "string" && /^[0-9A-Z]{5}$/.test(code))
  );
}

/** The two drivers name the fields differently. */
function postgresFields(fields: Readonly<Record<string, unknown>>): {
  table?: string;
  constraint?: string;
} {
  const table = fields["table"] ?? fields["table_name"];
  const constraint = fields["constraint"] ?? fields["constraint_name"];
  return {
    ...(typeof table === "string" ? { table } : {}),
    ...(typeof constraint === "string" ? { constraint } : {}),
  };
}

/** The stack repeats the message, which may run over several lines: keep only what follows it. */
function framesOf(stack: string, message: string): string {
  const start = stack.indexOf(message);
  if (start === -1) return "";
  return stack
    .slice(start + message.length)
    .split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .join("\n");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
