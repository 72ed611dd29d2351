import { readHoldings } from "@valet/forms";
import type { Page } from "playwright";
import type { Conversation, ConversationPart } from "../model-answer.ts";
import { blankText, findSecrets, type KeptText, type Secrets, toSecrets } from "./blank-texts.ts";
import { takeBlankPicture } from "./blank-picture.ts";

export interface BlankingInput {
  readonly page: Page;
  /** What the person's facts say, each as it would be written: names, numbers, answers. Never sent into the page. */
  readonly facts: readonly string[];
  /** Options of the form's lists, list by list: a page shows no more than the chosen one of a list that is shut. */
  readonly lists?: readonly (readonly string[])[];
}

/** Takes out of a request what nobody may see of the page it is about. */
export interface Blanking {
  /**
   * The conversation as it may leave: its texts without what the page holds at this moment and what the facts
   * say, each of its pictures replaced by one that is taken now with that covered.
   *
   * - `too_long`: it says more than any model reads.
   * - `unsteady`: the page does not hold still for a picture.
   *
   * @throws when a frame does not say what it holds: then nobody knows, and nothing may leave.
   */
  blank(conversation: Conversation, kept: KeptText, signal: AbortSignal): Promise<Blanked>;
}

export type Blanked =
  | { readonly kind: "blanked"; readonly conversation: Conversation }
  | { readonly kind: "too_long" | "unsteady" };

/** In characters. What is longer is a page that no model takes, and long to look through. */
const longestText = 600_000;

export function createBlanking({ page, facts, lists = [] }: BlankingInput): Blanking {
  async function secretsNow(signal: AbortSignal): Promise<Secrets> {
    const { texts, choices } = await readHoldings(page, signal);
    const groups = [...choices, ...lists.map((options) => ({ options, isTaken: false }))];
    return secretsOf([...facts, ...texts], groups);
  }

  return {
    async blank(conversation, kept, signal) {
      const size = textsOf(conversation).reduce((sum, text) => sum + text.length, 0);
      if (size > longestText) return { kind: "too_long" };
      const secrets = await secretsNow(signal);
      const hasPicture = conversation.messages.some(({ parts }) =>
        parts.some(({ kind }) => kind === "image"),
      );
      const png = hasPicture
        ? await takeBlankPicture(page, () => secretsNow(signal), signal)
        : undefined;
      if (hasPicture && png === undefined) return { kind: "unsteady" };
      const blanked = (part: ConversationPart): ConversationPart =>
        part.kind === "text"
          ? { kind: "text", text: blankText(part.text, secrets, kept) }
          : { kind: "image", mediaType: "image/png", base64: png?.toString("base64") ?? "" };
      return {
        kind: "blanked",
        conversation: {
          ...conversation,
          system: blankText(conversation.system, secrets, kept),
          messages: conversation.messages.map(({ role, parts }) => ({
            role,
            parts: parts.map((part) => blanked(part)),
          })),
        },
      };
    },
  };
}

/**
 * With one of a list's options all of them are secret: otherwise the missing one would be the chosen one. Lists
 * that share an option with such a list are as secret as that.
 */
function secretsOf(
  texts: readonly string[],
  groups: readonly { readonly options: readonly string[]; readonly isTaken: boolean }[],
): Secrets {
  const taken: string[] = [];
  let secrets = toSecrets(texts);
  let open = groups.filter(({ options }) => options.length > 0);
  for (;;) {
    const found = open.filter(
      ({ options, isTaken }) =>
        isTaken || options.some((option) => findSecrets(option, secrets).length > 0),
    );
    if (found.length === 0) return secrets;
    taken.push(...found.flatMap(({ options }) => options));
    secrets = toSecrets([...texts, ...taken]);
    open = open.filter((group) => !found.includes(group));
  }
}

function textsOf({ system, messages }: Conversation): string[] {
  const parts = messages.flatMap((message) => message.parts);
  return [system, ...parts.flatMap((part) => (part.kind === "text" ? [part.text] : []))];
}
