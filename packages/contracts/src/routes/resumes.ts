import { z } from "zod";
import { Problem } from "../error-codes.ts";
import { AcceptChanges, AcceptedChanges, ProfileChange } from "../resume-proposals.ts";
import { DocumentLine, ParseFailure, ParsedResume, ResumeState } from "../resume-parse.ts";
import { type Route, keyHeaders, problems } from "./route.ts";

export const Resume = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    contentType: z.string(),
    byteSize: z.number().int(),
    sha256: z.string(),
    state: ResumeState,
    /** Why its text could not be read, the last time that was tried; null when it could. */
    failure: z.object({ reason: ParseFailure, message: z.string() }).nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Resume" });
export type Resume = z.infer<typeof Resume>;

export const ResumeDetail = Resume.extend({
  /** What it says; null while nothing is known of that. */
  parsed: ParsedResume.nullable(),
  /** The document's text, in which `sources` have their places; empty where it was read before lines were kept. */
  lines: z.array(DocumentLine),
  /** What of it the profile does not say yet: nothing is taken over before it is accepted. */
  changes: z.array(ProfileChange),
}).meta({ id: "ResumeDetail" });
export type ResumeDetail = z.infer<typeof ResumeDetail>;

/** Largest résumé that is accepted, in bytes. */
export const maxResumeBytes = 10 * 1024 * 1024;

export const uploadResumeRoute = {
  method: "POST",
  url: "/resumes",
  access: "apply",
  schema: {
    summary: "Store a résumé (multipart, one PDF or DOCX file, at most 10 MB) and have it read",
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

const params = z.object({ id: z.string() });

export const getResumeRoute = {
  method: "GET",
  url: "/resumes/:id",
  access: "read",
  schema: {
    summary: "One résumé: what it says, where it says so, and what of that the profile lacks",
    tags: ["resumes"],
    params,
    response: { 200: ResumeDetail, ...problems },
  },
} as const satisfies Route;

export const acceptResumeRoute = {
  method: "POST",
  url: "/resumes/:id/accept",
  access: "apply",
  keepsAnswer: true,
  schema: {
    summary: "Take changes that a résumé proposes into the profile",
    tags: ["resumes"],
    params,
    headers: keyHeaders,
    // Without a body: what replaces nothing.
    body: AcceptChanges.nullable(),
    response: { 200: AcceptedChanges, ...problems },
  },
} as const satisfies Route;

export const reparseResumeRoute = {
  method: "POST",
  url: "/resumes/:id/reparse",
  access: "apply",
  keepsAnswer: true,
  schema: {
    summary: "Have a résumé parsed again; what was read before stays until something better is",
    tags: ["resumes"],
    params,
    headers: keyHeaders,
    response: { 202: Resume, ...problems },
  },
} as const satisfies Route;
