import type { ValetClient } from "@valet/client";
import { Profile, type Resume } from "@valet/contracts";
import { type QueryClient, queryOptions } from "@tanstack/react-query";

const parsingLookMs = 400;

export function profileQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["profile"],
    queryFn: ({ signal }) => client.getProfile(signal),
  });
}

export function profileSourcesQuery(client: ValetClient) {
  return queryOptions({
    queryKey: ["profile", "sources"],
    queryFn: async ({ signal }) => (await client.getProfileSources(signal)).sources,
  });
}

/** Looked at again as long as it is being read. */
export function resumeQuery(client: ValetClient, resumeId: string) {
  return queryOptions({
    queryKey: ["resume", resumeId],
    queryFn: ({ signal }) => client.getResume(resumeId, signal),
    refetchInterval: ({ state }) => (isBeingRead(state.data) ? parsingLookMs : false),
  });
}

function isBeingRead(resume: Pick<Resume, "state"> | undefined): boolean {
  return resume?.state === "parsing";
}

/**
 * Changes the profile as it is now, not as a page has it: what was saved elsewhere meanwhile stays. The
 * answer bank is left out, and thereby left alone.
 */
export function changeProfile(
  client: ValetClient,
  change: (profile: Profile) => unknown,
): Promise<Profile> {
  return client.changeProfile((stored) => {
    const { application: { savedAnswers: _, ...facts } = {}, ...rest } = stored;
    const profile = Object.keys(facts).length === 0 ? rest : { ...rest, application: facts };
    return Profile.parse(change(profile) ?? {});
  });
}

/** After the profile has changed: all that says something of it. */
export async function lookAgain(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ["profile"] }),
    queries.invalidateQueries({ queryKey: ["resume"] }),
  ]);
}
