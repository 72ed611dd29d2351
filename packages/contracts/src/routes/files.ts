import { z } from "zod";
import { Problem } from "../error-codes.ts";
import { type Route, problems } from "./route.ts";

/** An address from which one file can be fetched without a key, until then. */
export const FileLink = z
  .object({ url: z.url(), expiresAt: z.iso.datetime() })
  .meta({ id: "FileLink" });
export type FileLink = z.infer<typeof FileLink>;

export const linkResumeRoute = {
  method: "GET",
  url: "/resumes/:id/link",
  access: "read",
  schema: {
    summary: "An address to download the file of a résumé from, good for five minutes",
    tags: ["resumes"],
    params: z.object({ id: z.string() }),
    response: { 200: FileLink, ...problems },
  },
} as const satisfies Route;

export const getFileRoute = {
  method: "GET",
  url: "/files/:token",
  // The link itself opens it.
  access: "public",
  schema: {
    summary: "The file that a link leads to, as a download",
    tags: ["resumes"],
    params: z.object({ token: z.string().max(4_000) }),
    response: { 200: z.unknown().describe("The file"), 404: Problem, 503: Problem },
  },
} as const satisfies Route;
