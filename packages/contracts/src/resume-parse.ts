import { z } from "zod";

/** `parsing` until its text has been read; a résumé that was read once stays `ready` whatever comes later. */
export const ResumeState = z.enum(["parsing", "ready", "parse_failed"]);
export type ResumeState = z.infer<typeof ResumeState>;

/** Why nothing is known of what a résumé says. The file itself is kept. */
export const ParseFailure = z.enum([
  "empty",
  "unknown_format",
  "damaged",
  "password",
  "too_long",
  "too_large",
  "unsafe",
  "no_text",
  "garbled",
  "nothing_found",
  "timeout",
  "unavailable",
]);
export type ParseFailure = z.infer<typeof ParseFailure>;

/** For the person whose file it is: what is wrong with it and what to do. */
export const parseFailureTexts: Readonly<Record<ParseFailure, string>> = {
  empty: "This file is empty. Choose the résumé again and upload it once more.",
  unknown_format:
    "This is neither a PDF nor a DOCX file. Save the résumé as one of them and upload that.",
  damaged:
    "This file is damaged, so nothing can be read from it. Export the résumé again and upload the new file.",
  password: "This file wants a password. Save it without one and upload it again.",
  too_long:
    "This document has more than 50 pages or their text, which no résumé has. Upload the résumé alone.",
  too_large:
    "Unpacked, this file is larger than a résumé can be. Export it again, with smaller pictures, and upload that.",
  unsafe:
    "This file holds what may act by itself (macros, scripts, other files, links that load), and is not opened. Print it to a new PDF and upload that.",
  no_text:
    "This document has pictures of text and no text, as scans do, so nothing can be read from it. Upload the file that it was printed from.",
  garbled:
    "This document shows text, but its fonts do not say which letters it is. Export it again from where it was written, as a DOCX or another PDF.",
  nothing_found:
    "This document has text, but no name, contact, work or education was found in it. Check that it is the résumé and upload that.",
  timeout:
    "This document takes too long to read. Export it again in a simpler form and upload that.",
  unavailable:
    "Valet could not read this résumé because a part of Valet did not work. The file is kept: have it read again with `valet resume reparse`.",
};

const Text = z.string().optional();
const Texts = z.array(z.string()).optional();

/**
 * The part of the JSON Resume schema (jsonresume.org) that is read from a document; nothing there, no
 * member. Dates are `2019-05` or `2019`, and an end may be `present`.
 */
export const JsonResume = z.object({
  basics: z.object({
    name: Text,
    label: Text,
    email: Text,
    phone: Text,
    url: Text,
    summary: Text,
    location: z.object({ address: Text }).optional(),
    profiles: z.array(z.object({ network: z.string(), username: Text, url: Text })).optional(),
  }),
  work: z
    .array(
      z.object({
        name: Text,
        position: Text,
        location: Text,
        startDate: Text,
        endDate: Text,
        summary: Text,
        highlights: Texts,
      }),
    )
    .optional(),
  education: z
    .array(
      z.object({
        institution: Text,
        studyType: Text,
        area: Text,
        startDate: Text,
        endDate: Text,
        score: Text,
      }),
    )
    .optional(),
  skills: z.array(z.object({ name: z.string(), level: Text, keywords: Texts })).optional(),
  languages: z.array(z.object({ language: z.string(), fluency: Text })).optional(),
  projects: z
    .array(
      z.object({
        name: Text,
        startDate: Text,
        endDate: Text,
        description: Text,
        highlights: Texts,
      }),
    )
    .optional(),
  certificates: z.array(z.object({ name: z.string(), issuer: Text, date: Text })).optional(),
  awards: z.array(z.object({ title: z.string(), date: Text })).optional(),
});
export type JsonResume = z.infer<typeof JsonResume>;

const Read = {
  /** The words there. */
  text: z.string(),
  /** From 0 to 1. */
  confidence: z.number(),
};
/** In points of 1/72 inch from the top left of the page. */
const Box = z.object({
  left: z.number(),
  top: z.number(),
  right: z.number(),
  bottom: z.number(),
});

/** Where a value stands in the document. */
export const ReadFrom = z
  .union([
    z.object({ page: z.number().int(), box: Box, ...Read }),
    z.object({ paragraph: z.number().int(), ...Read }),
  ])
  .meta({ id: "ReadFrom" });
export type ReadFrom = z.infer<typeof ReadFrom>;

/** A line of a document in reading order, without how it looks. */
export const DocumentLine = z
  .object({
    place: z.union([
      z.object({ page: z.number().int() }),
      z.object({ paragraph: z.number().int() }),
    ]),
    box: Box,
    text: z.string(),
  })
  .meta({ id: "DocumentLine" });
export type DocumentLine = z.infer<typeof DocumentLine>;

/** What a résumé says. */
export const ParsedResume = z
  .object({
    resume: JsonResume,
    /** By JSON pointer into `resume`, for every value in it. */
    sources: z.record(z.string(), ReadFrom),
  })
  .meta({ id: "ParsedResume" });
export type ParsedResume = z.infer<typeof ParsedResume>;
