import type { ChatMessage, CreateChatCompletionOptions } from "@browserbasehq/stagehand";
import { z } from "zod";
import type { Conversation, ConversationPart } from "../model-answer.ts";
import { openReadingDoor } from "./open-reading-door.ts";
import type { Ask, Pointed, PointingAgent, PointingAgentInput } from "./pointing-agent.ts";
import { questionInWords } from "./words-for-models.ts";

const Observed = z.object({ selector: z.string(), method: z.string().optional() });

/** Of the methods that Stagehand knows, those that are small actions. */
const actionOf: Readonly<Record<string, Pointed["do"]>> = {
  click: "click",
  fill: "type",
  type: "type",
  selectOption: "pick",
  selectOptionFromDropdown: "pick",
};

const methodsInWords =
  "Say click for a click, fill for typing, selectOptionFromDropdown for picking an entry. An empty list when no element fits.";

/**
 * Stagehand, used for `observe` alone: it reads the page as a tree and asks a model for elements of it. It
 * reaches the browser through a door that lets it read; its model is whoever is asked.
 */
export async function openStagehand(
  { relayUrl, page }: PointingAgentInput,
  signal: AbortSignal,
): Promise<PointingAgent> {
  assertNothingWritten(process.env);
  const { Stagehand, LLMClient } = await import("@browserbasehq/stagehand");
  const door = await openReadingDoor(relayUrl, signal);
  let ask: Ask = () => Promise.reject(new Error("Nothing was asked."));

  class Pointing extends LLMClient {
    override async createChatCompletion<T>({ options }: CreateChatCompletionOptions): Promise<T> {
      const { messages, response_model: shape } = options;
      const schema = shape === undefined ? undefined : (shape.schema as z.ZodType); // its zod is ours
      const value = await ask(toConversation(messages, schema));
      const data = schema === undefined ? value : schema.parse(value);
      return { data } as T; // what its handlers take from a client of one's own
    }
  }

  const stagehand = new Stagehand({
    env: "LOCAL",
    localBrowserLaunchOptions: { cdpUrl: door.url },
    llmClient: new Pointing("valet"),
    disableAPI: true,
    disablePino: true,
    logger: () => undefined,
    verbose: 0,
    selfHeal: false,
  });
  const close = async (): Promise<void> => {
    // Its end waits for an answer of the browser, which may be gone.
    door.close();
    await stagehand.close({ force: true }).catch(() => undefined);
  };
  try {
    await orGone(stagehand.init(), door.gone, signal);
  } catch (error) {
    await close();
    throw error;
  }

  return {
    async point(question, asked, signal) {
      ask = asked;
      const words = `${questionInWords(question)} ${question.about === "act" ? methodsInWords : ""}`;
      const observing = stagehand.observe(words.trim(), { page });
      const [first] = await orGone(observing, door.gone, signal);
      const observed = Observed.safeParse(first);
      if (!observed.success || !observed.data.selector.startsWith("xpath=/")) return undefined;
      const at = { xpath: observed.data.selector.slice("xpath=".length) };
      return { do: actionOf[observed.data.method ?? ""], at };
    },
    close,
  };
}

/** With these it writes what goes to and fro to disk, and with it what people have typed. */
function assertNothingWritten(env: Readonly<Record<string, string | undefined>>): void {
  const set = ["BROWSERBASE_CONFIG_DIR", "BROWSERBASE_FLOW_LOGS"].filter((name) => env[name]);
  if (set.length > 0)
    throw new Error(`${set.join(", ")} must not be set where people's forms are filled.`);
}

/** What Stagehand asks of a browser that is gone is never answered. */
async function orGone<Value>(
  work: Promise<Value>,
  gone: Promise<void>,
  signal: AbortSignal,
): Promise<Value> {
  const lost = gone.then((): never => {
    throw new Error("The session is gone.");
  });
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  for (const one of [work, lost]) one.catch(() => undefined);
  try {
    signal.throwIfAborted();
    return await Promise.race([work, lost, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function toConversation(
  messages: readonly ChatMessage[],
  schema: z.ZodType | undefined,
): Conversation {
  const system = messages.filter(({ role }) => role === "system");
  return {
    system: system.flatMap((message) => partsOf(message).map((part) => wordsOf(part))).join("\n"),
    messages: messages.flatMap((message) =>
      message.role === "system" ? [] : [{ role: message.role, parts: partsOf(message) }],
    ),
    ...(schema === undefined ? {} : { schema: z.toJSONSchema(schema, { io: "input" }) }),
    maxOutputTokens: 1_000,
  };
}

/** A picture is only noted: whoever asks takes one. */
function partsOf({ content }: ChatMessage): ConversationPart[] {
  if (typeof content === "string") return [{ kind: "text", text: content }];
  return content.map((part) =>
    typeof part.text === "string"
      ? { kind: "text", text: part.text }
      : { kind: "image", mediaType: "image/png", base64: "" },
  );
}

function wordsOf(part: ConversationPart): string {
  return part.kind === "text" ? part.text : "";
}
