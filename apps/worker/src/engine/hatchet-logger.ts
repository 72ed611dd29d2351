import type { Logger } from "@valet/runtime";

/** The shape the SDK wants of a logger; it exports the type only from a deep path. */
interface SdkLogger {
  debug(message: string): void;
  info(message: string): void;
  green(message: string): void;
  warn(message: string, error?: Error): void;
  error(message: string, error?: Error): void;
}

/**
 * Sends the SDK's lines through our logger, so that both speak one format. Its extras can hold
 * inputs and outputs of runs and are left out.
 */
export function hatchetLogger(log: Logger): (context: string) => SdkLogger {
  return (context) => {
    const child = log.child({ sdk: context });
    return {
      debug: (line) => child.debug({ line }, "engine client"),
      info: (line) => child.debug({ line }, "engine client"),
      green: (line) => child.debug({ line }, "engine client"),
      warn: (line, err) => child.warn({ line, err }, "engine client warns"),
      error: (line, err) => child.error({ line, err }, "engine client failed"),
    };
  };
}
