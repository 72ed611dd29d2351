import { z } from "zod";

/** What a language model is asked for: which field means what, drafts of answers, a résumé, or where a page is to be touched. */
export const ModelPurpose = z.enum(["meanings", "drafts", "resume", "stagehand", "magnitude"]);
export type ModelPurpose = z.infer<typeof ModelPurpose>;

/** What questions to a language model took; one that is still to be answered counts as the most it may cost. */
export const ModelSpend = z.object({
  calls: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** US dollars, by the prices that this Valet counts with. */
  usd: z.number(),
});
export type ModelSpend = z.infer<typeof ModelSpend>;
