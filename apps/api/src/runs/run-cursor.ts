import { ValetError } from "@valet/contracts";
import { z } from "zod";

/** Where a call by filters goes on. */
export interface RunCursor {
  /** Of when applications were made: later ones are no part of it. */
  readonly until: Date;
  /** The id of the last one that was acted on. */
  readonly after: string;
}

const Parts = z.tuple([z.iso.datetime(), z.uuid()]);

export function writeRunCursor({ until, after }: RunCursor): string {
  return `${until.toISOString()}_${after}`;
}

/** Throws `VALIDATION` for what is none of ours. */
export function readRunCursor(text: string): RunCursor {
  const parts = Parts.safeParse(text.split("_"));
  if (!parts.success) {
    throw new ValetError(
      "VALIDATION",
      "The cursor is not one of ours. Nothing was done. Start again without it.",
    );
  }
  const [until, after] = parts.data;
  return { until: new Date(until), after };
}
