import type { Context } from "@hatchet-dev/typescript-sdk";
import type { Logger } from "@valet/runtime";

/** What a step says in the engine's own log; everybody who sees the dashboard can read it there. */
export type EngineLine = "started" | "finished" | `failed: ${string}`;

interface Speaker {
  readonly name: string;
  readonly ctx: Pick<Context<unknown>, "logger">;
  /** Ids of what is worked on. */
  readonly about: Readonly<Record<string, string>>;
  readonly log: Logger;
}

/** That log is for reading: no work fails with it. */
export async function tellEngine(
  { name, ctx, about, log }: Speaker,
  line: EngineLine,
): Promise<void> {
  const { logger } = ctx;
  const text = `${name} ${line}`;
  const told = line.startsWith("failed")
    ? logger.warn(text, { extra: about })
    : logger.info(text, about);
  await told.catch((error: unknown) => {
    log.warn({ err: error }, "the engine did not take a line of its log");
  });
}
