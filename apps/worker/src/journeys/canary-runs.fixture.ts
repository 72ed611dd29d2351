import { randomInt } from "node:crypto";
import type { TaskDetail } from "@valet/contracts";
import { isEnded } from "@valet/domain";
import {
  type Canaries,
  type TestValet,
  searchForCanaries,
  startValet,
  until,
  resumePdf,
} from "@valet/testkit";
import { z } from "zod";
import { type Applicant, createApplicant } from "./applicant.fixture.ts";
import { type CanaryBook, canaryProfile, openCanaryBook } from "./canary-person.fixture.ts";
import { type LeavingWatch, watchWhatLeaves } from "./what-left.fixture.ts";

/** A person made of canaries, and somebody who watches every way out. */
export interface CanaryStage {
  readonly valet: TestValet;
  readonly ada: Applicant;
  readonly book: CanaryBook;
  readonly watch: LeavingWatch;
  readonly close: () => Promise<void>;
}

export async function openCanaryStage(
  env: Readonly<Record<string, string>> = {},
): Promise<CanaryStage> {
  // What would be said to whoever looks for a fault, too.
  const valet = await startValet({ env: { VALET_LOG_LEVEL: "debug", ...env } });
  try {
    const watch = await watchWhatLeaves(valet);
    const book = openCanaryBook();
    book.secret("API key", valet.apiKey);
    book.configured("session host's token", valet.sessionHost.token);
    const ada = await createApplicant(valet, {
      profile: canaryProfile(book),
      resume: {
        fileName: `${book.kept("résumé's name")}.pdf`,
        body: resumePdf({ title: book.refused("résumé's title") }),
      },
      fetch: watch.fetch,
    });
    const close = async () => {
      await watch.close();
      await valet.close();
    };
    return { valet, ada, book, watch, close };
  } catch (error) {
    await valet.close();
    throw error;
  }
}

/** Keys, cookies, tickets and secrets, each made as callers make them; gives a key that has ended. */
export async function makeSecrets({ valet, ada, book, watch }: CanaryStage): Promise<string> {
  const { client } = ada;
  const key = await client.createApiKey({ name: book.kept("key's name"), scopes: ["read"] });
  book.secret("made key", key.apiKey);
  const rotated = await client.rotateApiKey(key.id, { overlapSeconds: 0 });
  book.secret("rotated key", rotated.apiKey);
  const webhook = await client.createWebhook({
    url: `${valet.practiceUrl}/${book.kept("path of a webhook")}`,
  });
  book.secret("webhook's secret", secretPart(webhook.secret));
  book.secret("rotated secret", secretPart((await client.rotateWebhookSecret(webhook.id)).secret));
  await client.testWebhook(webhook.id);
  book.secret("stream ticket", (await client.createStreamTicket()).ticket);
  await client.createUser({ name: book.kept("another person").toLowerCase() });
  const login = await watch.fetch(`${valet.apiUrl}/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ apiKey: valet.apiKey }),
  });
  const [, cookie] = /valet_session=([^;]+)/.exec(login.headers.get("set-cookie") ?? "") ?? [];
  if (cookie === undefined) throw new Error("The login gave no cookie.");
  book.secret("login's cookie", cookie);
  return key.apiKey;
}

function secretPart(secret: string): string {
  return secret.replace(/^whsec_/, "");
}

/** Copilot, a question on the way, up to the review; what is answered is remembered as well. */
export async function bringToReview({ ada, book }: CanaryStage, job: string): Promise<TaskDetail> {
  const { id } = await ada.apply(job, { mode: "copilot" }, book.kept("Idempotency-Key"));
  const { humanStep } = await ada.untilState(id, "awaiting_human");
  const fieldId = humanStep?.questions?.[0]?.fieldId ?? "";
  const answer = book.kept("answer to a question");
  await ada.client.answerQuestions(id, { answers: { [fieldId]: answer }, remember: true });
  const review = await ada.untilState(id, "awaiting_review");
  const { ticket, control } = await ada.client.takeOverTask(id, { mode: "view" });
  book.secret("live ticket", ticket);
  if (control !== null) throw new Error("Who only looks has no control.");
  return review;
}

/** Approves with two corrections and waits for the end. */
export async function approveCorrected(
  { ada, book }: CanaryStage,
  { id, fields }: TaskDetail,
): Promise<TaskDetail> {
  const idOf = (label: string) => fields.find((field) => field.label.includes(label))?.id ?? label;
  await ada.approve(id, {
    [idOf("Phone")]: book.kept("phone said in the review"),
    [idOf("LinkedIn")]: `https://www.linkedin.com/in/${book.kept("correction")}`,
  });
  return ada.untilEnd(id);
}

const Sites = z.array(z.object({ name: z.string(), posting: z.url() }));
const Mail = z.object({ fields: z.object({ code: z.string() }) });

/** Autopilot at a site that mails a code after the click: first a wrong one is said, then the right one. */
export async function applyWithCode(stage: CanaryStage): Promise<TaskDetail> {
  const { valet, ada, book } = stage;
  const listed = await fetch(`${valet.practiceUrl}/sites.json?seed=3`);
  const site = Sites.parse(await listed.json()).find(({ name }) => name === "greenhouse");
  const { id } = await ada.apply("", { jobUrl: `${site?.posting}?quirk=code` });
  const first = await answerUntilCode(stage, id);
  const wrong = `W${String(randomInt(10_000_000)).padStart(7, "0")}`;
  book.secret("wrong code", wrong);
  await ada.client.humanStepDone(id, first, { code: wrong });
  const again = await answerUntilCode(stage, id, first);
  const mail = (await valet.requests()).findLast(({ kind }) => kind === "code");
  const { code } = Mail.parse(mail).fields;
  book.secret("mailed code", code);
  await ada.client.humanStepDone(id, again, { code });
  return ada.untilEnd(id);
}

/** Answers whatever is asked on the way, and gives the step that wants a code. */
async function answerUntilCode({ ada, book }: CanaryStage, id: string, done = ""): Promise<string> {
  const seen = new Set([done]);
  for (;;) {
    const { humanStep } = await until(
      "somebody is asked",
      async () => {
        const task = await ada.client.getTask(id);
        if (isEnded(task.state)) throw new Error(`It ended ${task.outcome}/${task.reason}.`);
        return task.humanStep !== null && !seen.has(task.humanStep.id) && task;
      },
      110_000,
    );
    if (humanStep?.kind === "email_code") return humanStep.id;
    if (humanStep?.kind !== "question") throw new Error(`It waits for ${humanStep?.kind}.`);
    seen.add(humanStep.id);
    const answers = (humanStep.questions ?? []).map(({ fieldId, options }) => [
      fieldId,
      options.at(-1) ?? book.kept(`answer ${Object.keys(book.all()).length} at the vendor's`),
    ]);
    await ada.client.answerQuestions(id, { answers: Object.fromEntries(answers) });
  }
}

/** What the search says at the end of a run. */
export interface CanaryReport {
  /** Every place where one was found that must hold none. */
  readonly leaks: readonly string[];
  /** Those that nobody said or was given: looking for them proves nothing. */
  readonly unsaid: readonly string[];
  /** Those that Valet should have kept and did not. */
  readonly unkept: readonly string[];
  /** Where this application is known by its id: there the search has looked. */
  readonly placesOfTask: readonly string[];
}

export async function searchEverywhere(
  { valet, book, watch }: CanaryStage,
  taskId: string,
): Promise<CanaryReport> {
  const search = searchForCanaries(book.all());
  const places = [...(await watch.places())];
  const said = search.find(`${watch.calls()}\n${JSON.stringify(await valet.requests())}`);
  const kept = search.find([...(await watch.ownRows()).values()].join("\n"));
  const missing = (found: readonly string[], wanted: Canaries) =>
    Object.keys(wanted).filter((name) => !found.some((one) => one.startsWith(`${name} (`)));
  return {
    leaks: places.flatMap(([place, text]) => search.find(text).map((name) => `${place}: ${name}`)),
    unsaid: missing(said, book.ofKind("kept", "refused", "secret")),
    unkept: missing(kept, book.ofKind("kept")),
    placesOfTask: places.flatMap(([place, text]) => (text.includes(taskId) ? [place] : [])),
  };
}
