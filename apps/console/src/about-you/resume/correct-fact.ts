import type { ValetClient } from "@valet/client";
import { ValetError } from "@valet/contracts";
import { startStrings } from "../../strings/start-strings.ts";
import { withValueAt } from "../pointer.ts";
import { changeProfile } from "../profile-queries.ts";
import { type ReadFact, readFacts } from "./read-facts.ts";

/**
 * Saves what the person says instead. Of a new entry the rest is taken over first: a value alone would say
 * nothing.
 */
export async function correctFact(
  client: ValetClient,
  { fact, resumeId }: { readonly fact: ReadFact; readonly resumeId: string },
  text: string,
): Promise<void> {
  const place = fact.place ?? (await placeOnceTaken(client, fact, resumeId));
  await changeProfile(client, (profile) => withValueAt(profile, place, text.trim()));
}

async function placeOnceTaken(
  client: ValetClient,
  { change, pointer }: ReadFact,
  resumeId: string,
): Promise<string> {
  if (change !== undefined) await client.acceptResume(resumeId, { changes: [change.id] });
  const [resume, profile, { sources }] = await Promise.all([
    client.getResume(resumeId),
    client.getProfile(),
    client.getProfileSources(),
  ]);
  const facts = readFacts({ resume, profile, sources }).flatMap(({ entries }) =>
    entries.flatMap((entry) => entry.facts),
  );
  const place = facts.find((fact) => fact.pointer === pointer)?.place;
  if (place === undefined) throw new ValetError("STALE_CHANGES", startStrings.nowhere);
  return place;
}
