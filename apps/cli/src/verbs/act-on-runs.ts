import type { ValetClient } from "@valet/client";
import { type RunActions, type RunFilters, mostRunsACall } from "@valet/contracts";
import { connectApi } from "../api/connect-api.ts";
import { askYesNo } from "../ask-yes-no.ts";
import { usageError } from "../describe-error.ts";
import { exitCodes } from "../exit-code.ts";
import type { Output } from "../output.ts";
import type { VerbDeps, VerbResult } from "../verb.ts";

export type RunWord = "cancel" | "replay" | "requeue";

export interface ActOptions extends RunFilters {
  readonly all?: true;
  readonly dryRun?: true;
  readonly yes?: true;
}

interface ActOnRuns {
  readonly word: RunWord;
  readonly ids: readonly string[];
  readonly options: ActOptions;
}

const done: Readonly<Record<RunWord, string>> = {
  cancel: "Cancelled",
  replay: "Started once more",
  requeue: "Started again or ended, as far as they were stuck",
};

/** Acts on all that is named or matches, a page after the other. */
export async function actOnRuns(
  deps: VerbDeps,
  { word, ids, options }: ActOnRuns,
): Promise<VerbResult> {
  const { context, output } = deps;
  const { all, dryRun, yes, ...given } = options;
  const filters = filtersOf(given);
  assertNarrowed({ word, ids, isAll: all === true, isFiltered: Object.keys(filters).length > 0 });
  const client = await connectApi(deps);
  const asked = { client, word, ids, filters };
  if (dryRun === true) {
    const { count } = await throughAll({ ...asked, dryRun: true }, output, context.signal);
    output.print(`It would be ${count}. Nothing was done.`);
    return { exitCode: exitCodes.done, json: { dryRun: true, count } };
  }
  if (ids.length === 0 && yes !== true && !(await isMeant(deps, asked))) {
    output.print("Nothing was done.");
    return { exitCode: exitCodes.failed, json: { count: 0, results: [] } };
  }
  const { count, results } = await throughAll({ ...asked, dryRun: false }, output, context.signal);
  output.print(`${done[word]}: ${count}.`);
  for (const [code, left] of leftAlone(results)) output.print(`Left alone: ${left}, ${code}.`);
  const isWhole = ids.length === 0 || count === results.length;
  return { exitCode: isWhole ? exitCodes.done : exitCodes.failed, json: { count, results } };
}

interface Narrowed {
  readonly word: RunWord;
  readonly ids: readonly string[];
  readonly isAll: boolean;
  readonly isFiltered: boolean;
}

function assertNarrowed({ word, ids, isAll, isFiltered }: Narrowed): void {
  const said = [ids.length > 0, isAll, isFiltered].filter(Boolean).length;
  if (said === 1) return;
  throw usageError(
    said === 0
      ? `Name applications, narrow them with options such as \`--since\`, or say \`--all\`. Nothing was done.`
      : `\`valet runs ${word}\` takes ids, or options that narrow, or \`--all\`, and only one of these. Nothing was done.`,
  );
}

interface Asked {
  readonly client: Pick<ValetClient, "cancelRuns" | "replayRuns" | "requeueRuns">;
  readonly word: RunWord;
  readonly ids: readonly string[];
  readonly filters: RunFilters;
}

async function isMeant({ context, output }: VerbDeps, asked: Asked): Promise<boolean> {
  if (context.stdin.isTTY !== true) {
    throw usageError(
      "There is nobody to ask here whether so many are meant. Nothing was done. Look with `--dry-run` first and give `--yes` if it is meant.",
    );
  }
  const { count } = await throughAll({ ...asked, dryRun: true }, output, context.signal);
  return count > 0 && (await askYesNo(context, `${asked.word} ${count} applications?`));
}

type All = Pick<RunActions, "count" | "results">;

/** Page by page, saying how far it is. */
export async function throughAll(
  { client, word, ids, filters, dryRun }: Asked & { readonly dryRun: boolean },
  output: Pick<Output, "note">,
  signal: AbortSignal,
): Promise<All> {
  const act = {
    cancel: client.cancelRuns,
    replay: client.replayRuns,
    requeue: client.requeueRuns,
  }[word];
  const all: All = { count: 0, results: [] };
  const add = ({ count, results }: RunActions) => {
    all.count += count;
    all.results.push(...results);
  };
  if (ids.length > 0) {
    for (let at = 0; at < ids.length; at += mostRunsACall) {
      if (at > 0) output.note(`${at} of ${ids.length} …`);
      add(await act({ ids: ids.slice(at, at + mostRunsACall), dryRun }, signal));
    }
    return all;
  }
  let looked = 0;
  for (let cursor: string | undefined; ;) {
    const page = await act(
      { filters, dryRun, ...(cursor === undefined ? {} : { cursor }) },
      signal,
    );
    add(page);
    if (page.nextCursor === null) return all;
    cursor = page.nextCursor;
    looked += mostRunsACall;
    output.note(`${looked} looked at, ${all.count} ${dryRun ? "would be" : "done"} …`);
  }
}

function leftAlone(results: RunActions["results"]): [code: string, count: number][] {
  const counts = new Map<string, number>();
  for (const result of results) {
    if ("code" in result) counts.set(result.code, (counts.get(result.code) ?? 0) + 1);
  }
  return [...counts];
}

/** What narrows, without what was not given. */
function filtersOf(filters: RunFilters): RunFilters {
  const { state, outcome, mode, platform, batch, text, since, until } = filters;
  return {
    ...(state === undefined ? {} : { state }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(mode === undefined ? {} : { mode }),
    ...(platform === undefined ? {} : { platform }),
    ...(batch === undefined ? {} : { batch }),
    ...(text === undefined ? {} : { text }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
}
