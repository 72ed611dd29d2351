import { readFile } from "node:fs/promises";
import { type ValetClient, createValetClient } from "@valet/client";
import { ValetError } from "@valet/contracts";
import type { Secret } from "@valet/runtime";
import type { Config } from "../config.ts";
import { statePlaces } from "../local/state-places.ts";
import { apiKeyFile, readRunningInstance } from "../local/running-instance.ts";
import type { VerbDeps } from "../verb.ts";

export interface ApiAddress {
  readonly url: string;
  readonly apiKey: string;
}

/** A client of the Valet that the variables name, else of the one that runs on this state. */
export async function connectApi({ config, context }: VerbDeps): Promise<ValetClient> {
  const { stateDir } = statePlaces(context.env);
  return createValetClient(await findApi(config, stateDir));
}

/**
 * Address and key of the API.
 *
 * @throws `API_UNREACHABLE` when nothing says where it is, `UNAUTHORIZED` when there is no key.
 */
export async function findApi(
  config: Pick<Config, "VALET_API_URL" | "VALET_API_KEY">,
  stateDir: string,
): Promise<ApiAddress> {
  const running = await readRunningInstance(stateDir);
  const url = config.VALET_API_URL ?? running?.url;
  if (url === undefined) {
    throw new ValetError(
      "API_UNREACHABLE",
      "No running Valet was found on this machine. Start one with `npm run -s valet -- up`, or set VALET_API_URL and VALET_API_KEY.",
    );
  }
  const isOurs = running !== undefined && sameOrigin(url, running.url);
  return { url, apiKey: keyOf(config.VALET_API_KEY, isOurs ? await readKey(stateDir) : undefined) };
}

/** The local key never goes to another machine's Valet. */
function keyOf(given: Secret | undefined, local: string | undefined): string {
  const key = given?.reveal() ?? local;
  if (key !== undefined && key !== "") return key;
  throw new ValetError(
    "UNAUTHORIZED",
    "There is no API key for this Valet. Set VALET_API_KEY; for a Valet of this machine its own key is in the state folder (`api-key`).",
  );
}

function sameOrigin(left: string, right: string): boolean {
  return URL.parse(left)?.origin === URL.parse(right)?.origin;
}

async function readKey(stateDir: string): Promise<string | undefined> {
  try {
    return (await readFile(apiKeyFile(stateDir), "utf8")).trim();
  } catch {
    return undefined;
  }
}
