import type { Logger } from "@valet/runtime";

/** The shape of logger the engine's SDK asks for. */
interface EngineLogger {
  debug(message: string): void;
  info(message: string): void;
  green(message: string): void;
  warn(message: string, error?: Error): void;
  error(message: string, error?: Error): void;
}

const longest = 300;

/**
 * Puts what the SDK says into our log, one level lower than it thinks: it calls each attempt an
 * error, and the outbox tries again. Its extra fields can hold payloads and are left out.
 */
export function engineLogger(log: Logger): (context: string) => EngineLogger {
  return (context) => {
    const child = log.child({ context });
    return {
      debug: (text) => child.trace({ text: text.slice(0, longest) }, "engine client"),
      info: (text) => child.debug({ text: text.slice(0, longest) }, "engine client"),
      green: (text) => child.debug({ text: text.slice(0, longest) }, "engine client"),
      warn: (text, err) => child.info({ text: text.slice(0, longest), err }, "engine client"),
      error: (text, err) => child.info({ text: text.slice(0, longest), err }, "engine client"),
    };
  };
}
