import { z } from "zod";

/** What the bare script is told, as its one argument. */
export const BareInput = z.object({
  /** Of Chromium. */
  executablePath: z.string(),
  /** Where its pictures go. */
  folder: z.string(),
  /** The first `warmUps` of them count for nothing. */
  postings: z.array(z.string()),
  warmUps: z.number().int(),
  /** Applications at a time. */
  parallel: z.number().int(),
  /** `reused`: each browser takes one application after the other, in a new context. `fresh`: only one. */
  browsers: z.enum(["reused", "fresh"]),
  /** By the form's own values. */
  person: z.object({
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    phone: z.string(),
    country: z.string(),
    linkedin: z.string(),
    isAuthorized: z.enum(["yes", "no"]),
    needsSponsorship: z.enum(["yes", "no"]),
    years: z.string(),
    referral: z.string(),
  }),
  /** The file to attach. */
  resume: z.string(),
});
export type BareInput = z.infer<typeof BareInput>;

/** What it prints when it is done. */
export const BareOutput = z.object({
  /** When the first that counts was begun, and when the last was confirmed: milliseconds of the epoch. */
  startedAt: z.number(),
  endedAt: z.number(),
  applicationMs: z.array(z.number()),
});
export type BareOutput = z.infer<typeof BareOutput>;
