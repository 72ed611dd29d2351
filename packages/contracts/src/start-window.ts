import { z } from "zod";
import { TimeZone } from "./limits.ts";

/** As people say them, Monday first. */
export const Weekday = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
export type Weekday = z.infer<typeof Weekday>;

const clock = z
  .string()
  .regex(
    /^(?:[01]\d|2[0-3]):[0-5]\d$/,
    "A time of day is written like 09:30, from 00:00 to 23:59.",
  );

/** The hours of a day in which an application may start. */
export const StartWindow = z
  .strictObject({
    from: clock,
    /** No longer at this time; one that is before `from` is meant on the next day. */
    to: clock,
    /** On which the window opens; every day unless given. */
    days: z.array(Weekday).min(1).max(7).optional(),
    /** The person's own unless given. */
    timeZone: TimeZone.optional(),
  })
  .refine(({ from, to }) => from !== to, {
    path: ["to"],
    message: "It is the same as `from`. For the whole day leave the window out.",
  });
export type StartWindow = z.infer<typeof StartWindow>;
