import { secretSchema } from "@valet/runtime";
import { z } from "zod";

const megabytes = z.coerce.number().int().min(1);

/** What the session host reads from its environment; each line of `.env.example` has one here. */
export const SessionHostConfig = z.object({
  /** Holds fences and leases, and says which tasks still want their browser. */
  DATABASE_URL: secretSchema,
  /** The address it listens on; anything but loopback needs the two TLS files. */
  VALET_SESSION_HOST_LISTEN: z.string().default("127.0.0.1"),
  /** 0: any free port; the ready line says which. */
  VALET_SESSION_HOST_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Where workers on other machines reach it, when that is not the address it listens on. */
  VALET_SESSION_HOST_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** PEM files; with them it speaks TLS. */
  VALET_SESSION_HOST_TLS_CERT: z.string().optional(),
  VALET_SESSION_HOST_TLS_KEY: z.string().optional(),
  /** What workers must show. */
  VALET_SESSION_HOST_TOKEN: secretSchema,
  VALET_CHROMIUM: z.string().default("/usr/lib/chromium/chromium"),
  /** Development only: lets Chromium run as root without its sandbox. */
  VALET_ALLOW_NO_SANDBOX: z.stringbool().default(false),
  /** The ordinary user that browsers run as; as root `valet-browser` unless given. */
  VALET_BROWSER_USER: z.string().optional(),
  /** Whether each browser has a display that a person can look at; unless given, where Xvnc is installed. */
  VALET_DISPLAY: z.enum(["headful", "headless"]).optional(),
  /** A person's control of a browser ends after so long without input. */
  VALET_CONTROL_IDLE_MS: z.coerce.number().int().min(1_000).default(600_000),
  /** And after so long in all. */
  VALET_CONTROL_LIMIT_MS: z.coerce.number().int().min(1_000).default(3_600_000),
  /** Lets a person in control paste into the browser what they copied elsewhere. */
  VALET_LIVE_CLIPBOARD: z.stringbool().default(false),
  /** Set in demo and tests: browsers then reach this machine and nothing else. */
  VALET_ALLOW_PRIVATE: z.string().optional(),
  /** The file in which the practice sites say which host names they stand for; nothing else is reached then. */
  VALET_PRACTICE_HOSTS: z.string().optional(),
  VALET_STATE_DIR: z.string().optional(),
  /** Live browsers at once; 6 suits 2 cores. */
  VALET_MAX_SESSIONS: z.coerce.number().int().min(1).default(6),
  /** Browsers that wait ready; as many as there are cores if memory allows, unless given. */
  VALET_SESSION_POOL: z.coerce.number().int().min(0).optional(),
  VALET_SESSION_POOL_MAX_AGE_MS: z.coerce.number().int().min(1_000).default(1_800_000),
  /** What all browsers together may take; three quarters of what is free at the start unless given. */
  VALET_SESSION_MEMORY_MB: megabytes.optional(),
  /** A waiting browser that takes more is replaced, one in use is reported. */
  VALET_SESSION_LIMIT_MB: megabytes.default(1_024),
  VALET_LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info"),
});
export type SessionHostConfig = z.infer<typeof SessionHostConfig>;
