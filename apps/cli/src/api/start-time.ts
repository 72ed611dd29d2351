import { type CreateTaskBody, StartWindow } from "@valet/contracts";
import { usageError } from "../describe-error.ts";

/** When one application is to start, as a person types it. */
export interface StartTimeOptions {
  readonly runAt?: string;
  /** `09:00-17:30`, or `mon,tue 09:00-17:30`. */
  readonly window?: string;
}

const typedWindow = /^(?:(?<days>[a-z,]+)\s+)?(?<from>[\d:]+)\s*-\s*(?<to>[\d:]+)$/;

/** Nothing where it may start at once. Throws for the command line where a window cannot be meant. */
export function startTimeOf({
  runAt,
  window,
}: StartTimeOptions): Pick<CreateTaskBody, "runAt" | "window"> {
  if (runAt !== undefined && window !== undefined) {
    throw usageError("Say either --run-at or --window. Nothing was started.");
  }
  if (runAt !== undefined) return { runAt };
  if (window === undefined) return {};
  const { days, from, to } = typedWindow.exec(window.trim().toLowerCase())?.groups ?? {};
  const parsed = StartWindow.safeParse({
    from,
    to,
    ...(days === undefined ? {} : { days: days.split(",") }),
  });
  if (parsed.success) return { window: parsed.data };
  throw usageError(
    `"${window}" is no window. Write the hours like 09:00-17:30, with days before them where not all are meant: "mon,tue 09:00-17:30". Nothing was started.`,
  );
}
