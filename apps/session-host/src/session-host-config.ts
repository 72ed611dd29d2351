import { secretSchema } from "@valet/runtime";
import { z } from "zod";

/** What the session host reads from its environment; each line of `.env.example` has one here. */
export const SessionHostConfig = z.object({
  /** Asked which tasks have ended, so that their browsers are closed whoever forgot to. */
  DATABASE_URL: secretSchema,
  /** 0: any free port; the ready line says which. Always on loopback. */
  VALET_SESSION_HOST_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** What workers must show. */
  VALET_SESSION_HOST_TOKEN: secretSchema,
  VALET_CHROMIUM: z.string().default("/usr/lib/chromium/chromium"),
  /** Development only: lets Chromium run as root without its sandbox. */
  VALET_ALLOW_NO_SANDBOX: z.stringbool().default(false),
  /** The ordinary user of this machine that browsers run as. */
  VALET_BROWSER_USER: z.string().optional(),
  /** Set in demo and tests: browsers then reach this machine and nothing else. */
  VALET_ALLOW_PRIVATE: z.string().optional(),
  VALET_STATE_DIR: z.string().optional(),
  /** Live browsers at once; 6 suits 2 cores. */
  VALET_MAX_SESSIONS: z.coerce.number().int().min(1).default(6),
  VALET_LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info"),
});
export type SessionHostConfig = z.infer<typeof SessionHostConfig>;
