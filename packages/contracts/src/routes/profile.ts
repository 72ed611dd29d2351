import { z } from "zod";
import { Profile } from "../profile.ts";
import { ProfileSources } from "../resume-proposals.ts";
import { type Route, problems } from "./route.ts";

export const getProfileRoute = {
  method: "GET",
  url: "/profile",
  access: "read",
  schema: {
    summary: "The applicant's facts; the header `ETag` names what is stored now",
    tags: ["profile"],
    response: { 200: Profile, ...problems },
  },
} as const satisfies Route;

export const putProfileRoute = {
  method: "PUT",
  url: "/profile",
  access: "apply",
  schema: {
    summary:
      "Replace the applicant's facts; the answer bank only where `application.savedAnswers` is there. With `If-Match` only if nothing else was stored since",
    tags: ["profile"],
    headers: z.object({
      /** An `ETag` of `GET /profile`; without it what is stored is replaced, whatever it is. */
      "if-match": z.string().max(200).optional(),
    }),
    body: Profile,
    response: { 200: Profile, ...problems },
  },
} as const satisfies Route;

export const getProfileSourcesRoute = {
  method: "GET",
  url: "/profile/sources",
  access: "read",
  schema: {
    summary: "Where values of the profile come from that were accepted from a résumé",
    tags: ["profile"],
    response: { 200: ProfileSources, ...problems },
  },
} as const satisfies Route;
