import { z } from "zod";

/** Zero would be a switch and no limit: whoever wants nothing started cancels or schedules. */
const count = (most: number) =>
  z
    .number()
    .int()
    .min(
      1,
      "is at least 1; to have nothing started, cancel what waits (`valet runs cancel`) or give it a later `runAt`",
    )
    .max(most);

const live = count(10_000);
const perMinute = count(100_000);
const perDay = count(1_000_000);

/** What one person may have of Valet and do to sites. Everything left out is as it is for everybody. */
export const PersonLimits = z.strictObject({
  /** Browsers at a time; an application that waits for the person without one does not count. */
  live: live.optional(),
  /** Applications started in any 60 seconds. */
  perMinute: perMinute.optional(),
  /** Applications started in a day of the person's time zone. */
  perDay: perDay.optional(),
});
export type PersonLimits = z.infer<typeof PersonLimits>;

export const HostLimits = z.strictObject({
  live: live.optional(),
  perMinute: perMinute.optional(),
  /** Seconds between two applications that open a page there, and between two that are sent there. */
  spacingSeconds: z.number().min(0).max(3_600).optional(),
});
export type HostLimits = z.infer<typeof HostLimits>;

/** Of one person to one employer. */
export const EmployerLimits = z.strictObject({ perDay: perDay.optional() });
export type EmployerLimits = z.infer<typeof EmployerLimits>;

const named = <Each extends z.ZodType>(each: Each) =>
  z
    .record(z.string().trim().toLowerCase().min(1).max(253), each)
    .refine((all) => Object.keys(all).length <= 1_000, "At most 1,000 of them.");

/** What everybody is kept to. What has limits of its own is kept to those instead of `platform`, `host`, `employer`. */
export const Limits = z.strictObject({
  /** Browsers at a time, of everybody; else as many as the session hosts have room for. */
  live: live.optional(),
  /** Applications that wait for their person, of everybody: each is held by a worker. */
  awaiting: count(1_000_000).optional(),
  user: PersonLimits.optional(),
  /** Of an applicant-tracking system, over all persons; `perDay` is each person's own. */
  platform: PersonLimits.optional(),
  platforms: named(PersonLimits).optional(),
  host: HostLimits.optional(),
  hosts: named(HostLimits).optional(),
  employer: EmployerLimits.optional(),
  employers: named(EmployerLimits).optional(),
});
export type Limits = z.infer<typeof Limits>;

/** Of a variable, as JSON. */
export const LimitsVariable = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("This is no JSON.");
      return z.NEVER;
    }
  })
  .pipe(Limits)
  .prefault("{}");

/** Why an application has not been started yet. */
export const HeldUpBy = z.enum([
  /** Its own time has not come. */
  "not_before",
  /** The site has turned somebody away and is left alone. */
  "cooling_down",
  "person_live",
  "person_per_minute",
  "person_per_day",
  "platform_live",
  "platform_per_minute",
  "platform_per_day",
  "host_live",
  "host_per_minute",
  "host_spacing",
  "employer_per_day",
  /** All browsers there is room for are in use. */
  "no_room",
  /** With those that are open there could be more that wait for their person than may. */
  "awaiting",
  /** Nothing but others of the person that come before it. */
  "turn",
]);
export type HeldUpBy = z.infer<typeof HeldUpBy>;

/** How urgent an application is among those of its person. */
export const TaskPriority = z.enum(["low", "normal", "high"]);
export type TaskPriority = z.infer<typeof TaskPriority>;

/** A time zone by its name in the tz database. */
export const TimeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
    } catch {
      return false;
    }
  }, "is no time zone of the tz database; name one such as Europe/Oslo or UTC");
