import type { Config } from "../config.ts";

export interface LocalValetDeps {
  readonly config: Config;
  readonly callerEnv: Readonly<Record<string, string | undefined>>;
  /** One line for each part that is ready. */
  readonly progress: (text: string) => void;
  /** What a person should know besides. */
  readonly note: (text: string) => void;
}
