import { z } from "zod";
import { type Route, problems } from "./route.ts";

export const exportAccountRoute = {
  method: "GET",
  url: "/me/export",
  access: "account",
  schema: {
    summary: "Everything that is held of you: a JSON file a kind, and your files, as a zip",
    tags: ["account"],
    response: {
      200: z.unknown().describe("application/zip, with the SHA-256 of each file in manifest.json"),
      ...problems,
    },
  },
} as const satisfies Route;

export const Erasure = z
  .object({ erasing: z.literal(true), requestedAt: z.iso.datetime() })
  .meta({ id: "Erasure" });
export type Erasure = z.infer<typeof Erasure>;

export const eraseAccountRoute = {
  method: "DELETE",
  url: "/me",
  access: "account",
  schema: {
    summary:
      "Erase you and all that is held of you; keys end at once, the rest within a minute, and nothing can be brought back",
    tags: ["account"],
    body: z.strictObject({
      /** Your user name. */
      confirm: z.string(),
    }),
    response: { 202: Erasure, ...problems },
  },
} as const satisfies Route;
