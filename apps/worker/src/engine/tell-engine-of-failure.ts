import type { Context } from "@hatchet-dev/typescript-sdk";
import type { ErrorCode } from "@valet/contracts";
import type { Logger } from "@valet/runtime";

interface Speaker {
  readonly name: string;
  readonly ctx: Pick<Context<unknown>, "logger">;
  /** Ids of what is worked on. */
  readonly about: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/**
 * Names the failure in the engine's own log, where everybody who sees the dashboard can read it. The engine keeps
 * by itself when a step started and ended: a line for that cost every application two dozen calls.
 *
 * That log is for reading: no work fails with it.
 */
export async function tellEngineOfFailure(
  { name, ctx, about, log }: Speaker,
  code: ErrorCode,
): Promise<void> {
  await ctx.logger.warn(`${name} failed: ${code}`, { extra: about }).catch((error: unknown) => {
    log.warn({ err: error }, "the engine did not take a line of its log");
  });
}
