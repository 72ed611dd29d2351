import { type DestinationStream, type Logger, type LoggerOptions, destination, pino } from "pino";
import { errorView, viewErrorsIn } from "./error-view.ts";

export type { Logger } from "pino";

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

export interface LoggerInput {
  /** The process's name, on every line. */
  readonly name: string;
  readonly level: LogLevel;
  /** Where lines go; standard error unless given, since standard output carries answers. */
  readonly destination?: DestinationStream;
}

/** JSON lines: a constant message, data in fields, errors only through `errorView`. */
export function createLogger(input: LoggerInput): Logger {
  const options: LoggerOptions = {
    name: input.name,
    level: input.level,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    // Lines pass through formatters.log first; the serializer is for a child logger's own fields.
    serializers: {
      err: (err: unknown) => (err instanceof Error ? errorView(err) : err),
    },
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) =>
        viewErrorsIn(
          fields["err"] === undefined ? fields : { ...fields, err: errorView(fields["err"]) },
        ),
    },
    hooks: { logMethod: withConstantMessage },
    redact: { paths: headerPaths, censor: "[redacted]" },
  };
  // Written synchronously: the last line before an exit is the one that is needed.
  return pino(options, input.destination ?? destination({ fd: 2, sync: true }));
}

const secretHeaders = ["authorization", "cookie", "set-cookie", "x-api-key", "proxy-authorization"];
const headerPaths = secretHeaders.flatMap((header) => [
  `["${header}"]`,
  `headers["${header}"]`,
  `*.headers["${header}"]`,
]);

type LogMethodHook = NonNullable<NonNullable<LoggerOptions["hooks"]>["logMethod"]>;

/** pino takes an error's own message when the caller gives none; that message may quote data. */
const withConstantMessage: LogMethodHook = function (args, method) {
  const [first, message] = args;
  if (typeof first === "object" && first !== null && message === undefined) {
    const fields: unknown = first;
    method.apply(this, [fields instanceof Error ? { err: fields } : first, "(no message)"]);
    return;
  }
  method.apply(this, args);
};
