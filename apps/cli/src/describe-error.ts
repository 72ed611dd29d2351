import { type ErrorCode, ValetError, toValetError } from "@valet/contracts";
import { CommanderError } from "commander";
import { type ExitCode, exitCodes } from "./exit-code.ts";

export interface DescribedError {
  readonly code: ErrorCode;
  /** One or two lines for people: what happened and what to do next. */
  readonly message: string;
  readonly exitCode: ExitCode;
}

/** Puts whatever was thrown into the form every verb reports it in. */
export function describeError(thrown: unknown, signal: AbortSignal): DescribedError {
  if (thrown instanceof CommanderError) {
    const isMissing = thrown.code === "commander.help";
    const message = isMissing ? "A verb is missing." : thrown.message.replace(/^error: /, "");
    return { code: "USAGE", message, exitCode: exitCodes.usage };
  }
  if (signal.aborted && !isUserError(thrown)) {
    const message =
      "Interrupted. An application that a running Valet has accepted goes on; see `valet tasks`.";
    return { code: "INTERRUPTED", message, exitCode: exitCodes.failed };
  }
  const { code, message, cause } = toValetError(thrown);
  return {
    code,
    message: code === "INTERNAL" ? internalMessage(message, cause) : message,
    exitCode: code === "USAGE" ? exitCodes.usage : exitCodes.failed,
  };
}

export function usageError(message: string): ValetError {
  return new ValetError("USAGE", message);
}

function isUserError(thrown: unknown): boolean {
  return thrown instanceof ValetError && thrown.kind === "user";
}

function internalMessage(message: string, cause: unknown): string {
  const reason = cause instanceof Error ? ` (${cause.message.split("\n", 1)[0]})` : "";
  return `${message}${reason}\nRun the command again with VALET_LOG_LEVEL=debug to see where.`;
}
