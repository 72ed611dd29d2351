import { z } from "zod";
import { Limits, PersonLimits, TimeZone } from "../limits.ts";
import { type Route, problems } from "./route.ts";

export const LimitsOverview = z
  .object({
    /** What everybody is kept to: as built in, as configured, and before that as an admin has said. */
    everybody: Limits,
    /** What of that an admin has said. */
    saidByAdmin: Limits,
    /** What the person wants to be kept to. */
    own: PersonLimits,
    /** What the person is kept to: of `own`, what is more than everybody's has no effect. */
    effective: PersonLimits.required(),
    /** By which the person's days are counted. */
    timeZone: z.string(),
    /** Hosts that have turned somebody away and are left alone; of no use to the person unless they wait for one. */
    coolDowns: z.array(
      z.object({ host: z.string(), until: z.iso.datetime(), strikes: z.number().int() }),
    ),
    /** What the person has of these limits right now. */
    usage: z.object({
      live: z.number().int(),
      lastMinute: z.number().int(),
      today: z.number().int(),
    }),
  })
  .meta({ id: "LimitsOverview" });
export type LimitsOverview = z.infer<typeof LimitsOverview>;

/** Each part takes the place of all that was said in it before; what is left out stays. */
export const PutLimitsBody = z.strictObject({
  own: PersonLimits.optional(),
  timeZone: TimeZone.optional(),
  /** Only for admins; what it leaves out is as configured or built in. */
  everybody: Limits.optional(),
});
export type PutLimitsBody = z.infer<typeof PutLimitsBody>;

export const getLimitsRoute = {
  method: "GET",
  url: "/limits",
  access: "read",
  schema: {
    summary: "How many applications may run and start, of everybody and of the person",
    tags: ["limits"],
    response: { 200: LimitsOverview, ...problems },
  },
} as const satisfies Route;

export const putLimitsRoute = {
  method: "PUT",
  url: "/limits",
  access: "apply",
  schema: {
    summary:
      "Keep yourself to less than everybody is kept to; everybody's own are an admin's to change",
    tags: ["limits"],
    body: PutLimitsBody,
    response: { 200: LimitsOverview, ...problems },
  },
} as const satisfies Route;
