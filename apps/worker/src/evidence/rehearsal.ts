import { SubmitPayload } from "@valet/contracts";
import { z } from "zod";

/** What a rehearsal would have sent. */
export const Rehearsal = z.object({
  version: z.literal(1),
  /** Of the form as it stood when its button was pressed. */
  digest: z.string(),
  /** Null where the button sent nothing, or nothing that is this form. */
  request: SubmitPayload.nullable(),
  /** Labels of the last page's fields whose value the request does not carry letter by letter. */
  notCarried: z.array(z.string()),
  /** Names of what the request carries beside the values of the form. */
  beyondTheForm: z.array(z.string()),
});
export type Rehearsal = z.infer<typeof Rehearsal>;
