import { z } from "zod";
import { type Route, Scope, problems } from "./route.ts";

export const Me = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(["user", "admin"]),
    /** What may be done with what was shown: a key's own scopes, without `admin` unless the person is one. */
    scopes: z.array(Scope),
    how: z.enum(["api_key", "session", "token"]),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof Me>;

export const getMeRoute = {
  method: "GET",
  url: "/me",
  access: "person",
  schema: {
    summary: "Who this is, and what they may do",
    tags: ["identity"],
    response: { 200: Me, ...problems },
  },
} as const satisfies Route;

/** For browsers: from then on the cookie `valet_session` stands for the key, until it ends, for 12 hours. */
export const loginRoute = {
  method: "POST",
  url: "/login",
  access: "public",
  schema: {
    summary: "Log a browser in with an API key",
    tags: ["identity"],
    body: z.strictObject({ apiKey: z.string().trim().min(1).max(200) }),
    response: { 200: Me, ...problems },
  },
} as const satisfies Route;

export const logoutRoute = {
  method: "POST",
  url: "/logout",
  access: "person",
  schema: {
    summary: "End the login of this browser",
    tags: ["identity"],
    response: { 204: z.null().describe("There is no login any more"), ...problems },
  },
} as const satisfies Route;
