import { setTimeout as delay } from "node:timers/promises";
import type { ValetClient } from "@valet/client";
import { CreateWebhookBody, type EventType, type WebhookDelivery } from "@valet/contracts";
import { type Command, InvalidArgumentError } from "commander";
import { connectApi } from "../api/connect-api.ts";
import { exitCodes } from "../exit-code.ts";
import { answerText, deliveryTable, webhookTable } from "../render/webhook-table.ts";
import { type RunVerb, type VerbDeps, type VerbResult, exampleText, jsonOption } from "../verb.ts";

type WithClient = VerbDeps & { readonly client: ValetClient };
type Work = (deps: WithClient, ...given: string[]) => Promise<VerbResult>;

interface AddOptions {
  readonly events?: EventType[];
}

const someId = "4d3c2b1a-0000-4000-8000-000000000000";

export function addWebhooksVerb(program: Command, run: RunVerb): void {
  const webhooks = program
    .command("webhooks")
    .description("addresses that are told what happens to your applications")
    .addHelpText(
      "after",
      exampleText("valet webhooks add https://hooks.example.com/valet", "valet webhooks list"),
    );

  function add(name: string, text: string, given: readonly string[], work: Work): Command {
    const command = webhooks.command(name).description(text);
    for (const one of given) command.argument(`<${one}>`, meanings[one]);
    const example = ["valet webhooks", name, ...given.map((one) => examples[one])].join(" ");
    return command
      .option(...jsonOption)
      .addHelpText("after", exampleText(example))
      .action((...all: unknown[]) =>
        run(async (deps) => {
          const client = await connectApi(deps);
          return work({ ...deps, client }, ...all.slice(0, given.length).map(String));
        }),
      );
  }

  add("list", "list webhooks and whether they are told", [], listWebhooks);
  webhooks
    .command("add")
    .description("tell an address; prints the secret that signs, which is shown only this once")
    .argument("<url>", meanings["url"])
    .option("--events <types>", "only these, separated by commas", parseEvents)
    .option(...jsonOption)
    .addHelpText(
      "after",
      exampleText(
        "valet webhooks add https://hooks.example.com/valet",
        "valet webhooks add https://hooks.example.com/valet --events human_needed,completed,failed",
      ),
    )
    .action((url: string, options: AddOptions) =>
      run(async (deps) => {
        const client = await connectApi(deps);
        return addWebhook({ ...deps, client }, url, options);
      }),
    );
  add("test", "send a ping and say how it was answered", ["id"], testWebhook);
  add("on", "tell a webhook again that was switched off", ["id"], switchOn);
  add(
    "rotate",
    "give a webhook another secret; the old one signs as well for a day",
    ["id"],
    rotate,
  );
  add("deliveries", "what was sent and how it was answered, newest first", ["id"], listDeliveries);
  add("replay", "send a message once more", ["id", "delivery"], replay);
  add("remove", "remove a webhook and what waits for it", ["id"], removeWebhook);
}

const meanings: Readonly<Record<string, string>> = {
  url: "a public https address",
  id: "the webhook, as `valet webhooks list` lists it",
  delivery: "the message, as `valet webhooks deliveries` lists it",
};
const examples: Readonly<Record<string, string>> = { id: someId, delivery: someId };

async function listWebhooks({ client, context, output }: WithClient): Promise<VerbResult> {
  const webhooks = await client.listWebhooks(context.signal);
  if (webhooks.length === 0) output.print("No webhooks yet. Add one with `valet webhooks add`.");
  else output.print(webhookTable(webhooks, output.colors));
  return { exitCode: exitCodes.done, json: { webhooks } };
}

async function addWebhook(
  { client, context, output }: WithClient,
  url: string,
  { events }: AddOptions,
): Promise<VerbResult> {
  const webhook = await client.createWebhook({ url, events: events ?? null }, context.signal);
  output.print(`${webhook.id} is told from now on. Its secret, shown only now:`);
  output.print(webhook.secret);
  return { exitCode: exitCodes.done, json: webhook };
}

/** One try takes at most ten seconds. */
const testLimitMs = 20_000;
const lookEveryMs = 200;

async function testWebhook(deps: WithClient, id: string): Promise<VerbResult> {
  const { client, context, output } = deps;
  const sent = await client.testWebhook(id, context.signal);
  const until = Date.now() + testLimitMs;
  let ping: WebhookDelivery = sent;
  while (ping.state === "waiting" && Date.now() < until) {
    await delay(lookEveryMs, undefined, { signal: context.signal });
    const { deliveries } = await client.listWebhookDeliveries(id, { limit: 100 }, context.signal);
    ping = deliveries.find((one) => one.id === sent.id) ?? ping;
  }
  const isThere = ping.state === "delivered";
  output.print(
    isThere ? `It arrived: ${answerText(ping)}.` : `It did not arrive: ${answerText(ping)}.`,
  );
  return { exitCode: isThere ? exitCodes.done : exitCodes.failed, json: ping };
}

async function switchOn({ client, context, output }: WithClient, id: string): Promise<VerbResult> {
  const webhooks = await client.listWebhooks(context.signal);
  const known = webhooks.find((one) => one.id === id);
  // An unknown one is refused by the server, with its own words.
  const { url = "https://unknown.invalid/", events = null } = known ?? {};
  const webhook = await client.updateWebhook(id, { url, events, enabled: true }, context.signal);
  output.print(
    `${id} is told from now on. What it has missed is sent by \`valet webhooks replay\`.`,
  );
  return { exitCode: exitCodes.done, json: webhook };
}

async function rotate({ client, context, output }: WithClient, id: string): Promise<VerbResult> {
  const webhook = await client.rotateWebhookSecret(id, context.signal);
  output.print("The new secret, shown only now; the old one signs as well for a day:");
  output.print(webhook.secret);
  return { exitCode: exitCodes.done, json: webhook };
}

async function listDeliveries(
  { client, context, output }: WithClient,
  id: string,
): Promise<VerbResult> {
  const page = await client.listWebhookDeliveries(id, { limit: 100 }, context.signal);
  if (page.deliveries.length === 0) output.print("Nothing was sent to it in the last 30 days.");
  else output.print(deliveryTable(page.deliveries, output.colors));
  return { exitCode: exitCodes.done, json: page };
}

async function replay(
  { client, context, output }: WithClient,
  id: string,
  deliveryId: string,
): Promise<VerbResult> {
  const delivery = await client.replayWebhookDelivery(id, deliveryId, context.signal);
  output.print(`${deliveryId} is sent once more.`);
  return { exitCode: exitCodes.done, json: delivery };
}

async function removeWebhook(
  { client, context, output }: WithClient,
  id: string,
): Promise<VerbResult> {
  const removed = await client.deleteWebhook(id, context.signal);
  output.print(`${id} is not told any more.`);
  return { exitCode: exitCodes.done, json: removed };
}

function parseEvents(text: string): EventType[] {
  const events = text.split(",").map((one) => one.trim());
  const parsed = CreateWebhookBody.shape.events.safeParse(events);
  if (parsed.success && parsed.data !== null) return parsed.data;
  throw new InvalidArgumentError(
    "They are types of events, such as human_needed,completed,failed. `valet watch` shows them.",
  );
}
