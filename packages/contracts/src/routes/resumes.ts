import { z } from "zod";
import { Problem } from "../error-codes.ts";
import { type Route, problems } from "./route.ts";

export const Resume = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    contentType: z.string(),
    byteSize: z.number().int(),
    sha256: z.string(),
    state: z.enum(["ready"]),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Resume" });
export type Resume = z.infer<typeof Resume>;

/** Largest résumé that is accepted, in bytes. */
export const maxResumeBytes = 10 * 1024 * 1024;

export const uploadResumeRoute = {
  method: "POST",
  url: "/resumes",
  access: "apply",
  schema: {
    summary: "Store a résumé (multipart, one PDF or DOCX file, at most 10 MB)",
    tags: ["resumes"],
    response: { 201: Resume, 413: Problem, 415: Problem, ...problems },
  },
} as const satisfies Route;

export const listResumesRoute = {
  method: "GET",
  url: "/resumes",
  access: "read",
  schema: {
    summary: "List résumés, newest first",
    tags: ["resumes"],
    response: { 200: z.object({ resumes: z.array(Resume) }), ...problems },
  },
} as const satisfies Route;

export const getResumeRoute = {
  method: "GET",
  url: "/resumes/:id",
  access: "read",
  schema: {
    summary: "One résumé",
    tags: ["resumes"],
    params: z.object({ id: z.string() }),
    response: { 200: Resume, ...problems },
  },
} as const satisfies Route;
