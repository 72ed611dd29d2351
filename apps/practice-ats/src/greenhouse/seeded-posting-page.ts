import type { FastifyRequest } from "fastify";

import type { SeededPosting } from "../postings/seeded-posting.ts";
import { numberOfSeed } from "../postings/seeds.ts";
import { queryOf } from "../vendor-hosts/host-names.ts";
import { wordsOf } from "./page-words.ts";
import type { Posting } from "./posting.ts";
import { seededForm } from "./seeded-form.ts";

export interface SeededPage {
  readonly seeded: SeededPosting;
  readonly quirks: ReadonlySet<string>;
  readonly request: FastifyRequest;
  readonly board: string;
  /** Whether the page stands in a frame of the employer's own page. */
  readonly isEmbedded: boolean;
}

/** What the page of a seeded posting is drawn from; every address keeps the query, and with it the quirks. */
export function seededPostingPage({
  seeded,
  quirks,
  request,
  board,
  isEmbedded,
}: SeededPage): Posting {
  const job = numberOfSeed(seeded.seed);
  const query = queryOf(request);
  const base = `/${encodeURIComponent(board)}/jobs/${job}`;
  const shown = isEmbedded ? "/embed/job_app" : base;
  return {
    path: `${shown}${query}`,
    confirmationPath: `${shown}/confirmation${query}`,
    submitPath: `${base}/applications${query}`,
    uploadPath: `/${encodeURIComponent(board)}/uploads`,
    choicesPath: `${base}/choices${query}`,
    searchPath: "/practice/search",
    job,
    title: seeded.title,
    company: seeded.company,
    location: seeded.location,
    form: seededForm(seeded, quirks),
    words: wordsOf(seeded.word),
  };
}
