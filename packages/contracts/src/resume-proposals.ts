import { z } from "zod";
import { Profile } from "./profile.ts";
import { ReadFrom } from "./resume-parse.ts";

/** One thing that a résumé says and the profile does not, or says otherwise. */
export const ProfileChange = z
  .object({
    /** The same for the same change, however often it is proposed. */
    id: z.string(),
    /** Where in the profile, as a JSON pointer; for a new entry of a list the place after its last. */
    pointer: z.string(),
    kind: z.enum(["add", "replace"]),
    /** What the profile says now; absent when it says nothing. */
    from: z.unknown().optional(),
    to: z.unknown(),
    /** Where the résumé says it, by JSON pointer below `pointer`; "" is the value itself. */
    sources: z.record(z.string(), ReadFrom),
    /** Of all its values the least, from 0 to 1. */
    confidence: z.number(),
    /** What the person should know before accepting it. */
    note: z.string().optional(),
  })
  .meta({ id: "ProfileChange" });
export type ProfileChange = z.infer<typeof ProfileChange>;

/** Which changes a person accepts. */
export const AcceptChanges = z
  .strictObject({
    /** Their ids; `additions` are all that replace nothing (so without it), `all` replaces as well. */
    changes: z
      .union([z.enum(["additions", "all"]), z.array(z.string()).min(1).max(5_000)])
      .default("additions"),
  })
  .meta({ id: "AcceptChanges" });
export type AcceptChanges = z.infer<typeof AcceptChanges>;

export const AcceptedChanges = z
  .object({
    /** Ids of what was taken over. */
    accepted: z.array(z.string()),
    /** What the résumé still says otherwise. */
    changes: z.array(ProfileChange),
    profile: Profile,
  })
  .meta({ id: "AcceptedChanges" });
export type AcceptedChanges = z.infer<typeof AcceptedChanges>;

/** Where a value of the profile comes from when the person did not write it. */
export const ProfileSource = z
  .object({
    resumeId: z.uuid(),
    readFrom: ReadFrom,
    acceptedAt: z.iso.datetime(),
  })
  .meta({ id: "ProfileSource" });
export type ProfileSource = z.infer<typeof ProfileSource>;

/** By JSON pointer into the profile. What is absent the person wrote. */
export const ProfileSources = z
  .object({ sources: z.record(z.string(), ProfileSource) })
  .meta({ id: "ProfileSources" });
export type ProfileSources = z.infer<typeof ProfileSources>;
