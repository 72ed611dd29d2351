import type { SmallAction } from "@valet/forms";
import type * as Magnitude from "magnitude-core";
import { z } from "zod";
import { openChatServer } from "./open-chat-server.ts";
import type {
  Ask,
  Pointed,
  PointingAgent,
  PointingAgentInput,
  PointQuestion,
} from "./pointing-agent.ts";
import { questionInWords } from "./words-for-models.ts";

const Place = z.object({ x: z.number(), y: z.number() });

/** What it is told to say when there is nothing to point at; also said for it where the model has no answer. */
const nothing = "nothing";
const nothingSaid = JSON.stringify({ reasoning: "", actions: [{ variant: nothing }] });

const describe: Readonly<Record<SmallAction["do"] | "point", string>> = {
  point: "Point at the element, in pixels of the screenshot",
  click: "A click at this place is the next step",
  type: "Typing the value into the control at this place is the next step",
  pick: "Picking an entry of the open list at this place is the next step",
};

/**
 * Magnitude's planner without its browser: it is shown a picture that we take and plans with actions of ours, each
 * of which only notes where it points. So it is attached to nothing and has nothing to click with.
 */
export async function openMagnitude(
  _input: PointingAgentInput,
  signal: AbortSignal,
): Promise<PointingAgent> {
  signal.throwIfAborted();
  const vendor = await import("magnitude-core");
  // Its log quotes prompts and answers, on the standard output of whoever loads it.
  vendor.logger.level = "silent";
  let current: Turn | undefined;
  const server = await openChatServer(async (conversation) => {
    const turn = current;
    if (turn === undefined || turn.isAnswered) return nothingSaid;
    turn.isAnswered = true;
    try {
      const value = await turn.ask(conversation);
      return typeof value === "string" ? value : nothingSaid;
    } catch {
      // Whoever was asked knows why; an error here would be asked for again and again.
      return nothingSaid;
    }
  });
  return {
    async point(question, ask, signal) {
      const turn: Turn = { ask, isAnswered: false };
      current = turn;
      const agent = new vendor.Agent({
        llm: {
          provider: "openai-generic",
          options: { model: "valet", baseUrl: server.url, apiKey: "none" },
        },
        connectors: [],
        actions: actionsFor(vendor, question.about, turn),
        telemetry: false,
      });
      signal.throwIfAborted();
      await agent.start();
      const memory = new vendor.AgentMemory();
      await memory.loadJSON(seen);
      await agent.act(questionInWords(question), { memory });
      return turn.pointed;
    },
    close: () => server.close(),
  };
}

interface Turn {
  readonly ask: Ask;
  /** One question is one request: its own tries after a failure get nothing. */
  isAnswered: boolean;
  pointed?: Pointed;
}

function actionsFor(
  vendor: typeof Magnitude,
  about: PointQuestion["about"],
  turn: Turn,
): Magnitude.ActionDefinition<unknown>[] {
  // Its schemas are of another major version of zod than ours, so one of its own is taken: a place.
  const click = new vendor.BrowserConnector().getActionSpace().find(isClick);
  if (click === undefined) throw new Error("Magnitude has no click to take the shape of.");
  const pointing = (name: SmallAction["do"] | "point"): Magnitude.ActionDefinition<unknown> => ({
    ...click,
    name,
    description: describe[name],
    async resolver({ input, agent }: { input: unknown; agent: Magnitude.Agent }) {
      const at = Place.safeParse(input);
      if (at.success) turn.pointed ??= { do: name === "point" ? undefined : name, at: at.data };
      await agent.queueDone();
    },
  });
  const giveUp = vendor.createAction({
    name: nothing,
    description: "No element fits, or nothing is left to do",
    resolver: ({ agent }) => agent.queueDone(),
  });
  const names = about === "act" ? (["click", "type", "pick"] as const) : (["point"] as const);
  return [...names.map((name) => pointing(name)), giveUp];
}

function isClick({ name }: Magnitude.ActionDefinition<unknown>): boolean {
  return name === "mouse:click";
}

/** A picture of one point: whoever asks the model puts the real one in its place. */
const seen = {
  observations: [
    {
      source: "connector:page" as const,
      role: "user" as const,
      timestamp: 0,
      data: {
        type: "media" as const,
        storage: "base64" as const,
        format: "png" as const,
        base64:
          "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
      },
    },
  ],
};
