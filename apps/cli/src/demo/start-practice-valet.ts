import { Secret } from "@valet/runtime";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ValetClient, createValetClient } from "@valet/client";
import { endAbandonedStates } from "@valet/stack";
import { z } from "zod";
import { type LocalValet, startLocalValet } from "../local/start-local-valet.ts";
import { statePlaces } from "../local/state-places.ts";
import type { VerbDeps } from "../verb.ts";
import { demoProfile } from "./demo-profile.ts";
import { demoResume } from "./demo-resume.ts";

export interface PracticeValetInput {
  /** A state to use and keep; a temporary one otherwise. */
  readonly stateDir?: string | undefined;
  /** Keep the temporary state. */
  readonly keep?: boolean;
}

export interface PracticeValet {
  readonly valet: LocalValet;
  readonly practiceUrl: string;
  /** Of the invented applicant, whose profile and résumé are stored. */
  readonly client: ValetClient;
  readonly resumeId: string;
  readonly isTemporary: boolean;
  /** Applications the practice sites have stored since this start: the outside view of a submit. */
  countSubmits(): Promise<number>;
  close(): Promise<void>;
}

const temporaryPrefix = "valet-demo-state-";
/** Another name than what the next run may clear away. */
const keptPrefix = "valet-demo-kept-";

/** A whole Valet beside a practice site, with an invented applicant; removed again by `close`. */
export async function startPracticeValet(
  deps: VerbDeps,
  input: PracticeValetInput,
  signal: AbortSignal,
): Promise<PracticeValet> {
  const { context, config, output } = deps;
  // A run that was killed could not clean up after itself.
  await endAbandonedStates({ parent: tmpdir(), prefix: temporaryPrefix }, () => undefined);
  const isTemporary = input.stateDir === undefined;
  const stateDir =
    input.stateDir ??
    (await mkdtemp(join(tmpdir(), input.keep === true ? keptPrefix : temporaryPrefix)));
  const removeState = async () => {
    if (isTemporary && input.keep !== true) await rm(stateDir, { recursive: true, force: true });
  };
  const ledgerPath = join(stateDir, `practice-ledger-${randomBytes(4).toString("hex")}.jsonl`);
  try {
    const valet = await startLocalValet(
      {
        config,
        callerEnv: withOwnNamespace(context.env),
        progress: (text) => void output.progress.write(`${output.progressColors.dim(text)}\n`),
        note: output.note,
      },
      { ...statePlaces(context.env, { stateDir }), practice: { ledgerPath } },
      signal,
    );
    const close = async () => {
      await valet.close();
      await removeState();
    };
    try {
      const applicant = await createApplicant(valet, signal);
      const practiceUrl = valet.practiceUrl ?? "";
      return {
        valet,
        practiceUrl,
        isTemporary,
        ...applicant,
        countSubmits: () => countSubmits(ledgerPath),
        close,
      };
    } catch (error) {
      await valet.close();
      throw error;
    }
  } catch (error) {
    await removeState();
    throw error;
  }
}

/** On a shared engine the workers of another installation would take the demo's steps. */
export function withOwnNamespace(env: VerbDeps["context"]["env"]): VerbDeps["context"]["env"] {
  const isShared = (env["HATCHET_CLIENT_TOKEN"] ?? "") !== "";
  if (!isShared || (env["HATCHET_CLIENT_NAMESPACE"] ?? "") !== "") return env;
  return { ...env, HATCHET_CLIENT_NAMESPACE: `valet_demo_${randomBytes(4).toString("hex")}` };
}

/** A user of its own: the profile of whoever uses this state stays as it is. */
export async function createApplicant(
  valet: Pick<LocalValet, "url" | "apiKey">,
  signal: AbortSignal,
): Promise<{
  readonly userId: string;
  readonly key: Secret;
  readonly client: ValetClient;
  readonly resumeId: string;
}> {
  const { url } = valet;
  const admin = createValetClient({ url, apiKey: valet.apiKey.reveal() });
  const name = `demo-${randomBytes(4).toString("hex")}`;
  const { id: userId, apiKey } = await admin.createUser({ name, role: "user" }, signal);
  const client = createValetClient({ url, apiKey });
  await client.putProfile(demoProfile, signal);
  const resume = await client.uploadResume(
    { fileName: "ada-example.pdf", body: demoResume() },
    signal,
  );
  return { userId, key: new Secret(apiKey), client, resumeId: resume.id };
}

const LedgerLine = z.object({ kind: z.string(), stored: z.boolean() });

async function countSubmits(ledgerPath: string): Promise<number> {
  const lines = (await readFile(ledgerPath, "utf8")).split("\n").filter((line) => line !== "");
  return lines
    .map((line) => LedgerLine.parse(JSON.parse(line)))
    .filter(({ kind, stored }) => kind === "application" && stored).length;
}
