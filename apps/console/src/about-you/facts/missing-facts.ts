import type { Profile } from "@valet/contracts";
import { type FactGroupName, factGroupNames, factGroups } from "./fact-fields.ts";
import { factAt } from "./fact-values.ts";

/** One fact that most forms ask for and nobody has said; a pointer into the profile. */
export interface MissingFact {
  readonly group: FactGroupName;
  readonly pointer: string;
}

export const permitsPointer = "/application/workAuthorization";

/** In the order of the page. */
export function missingFacts(profile: Profile): readonly MissingFact[] {
  return factGroupNames.flatMap((group) => {
    const missing = factGroups[group]
      .filter(({ isAsked, pointer }) => isAsked === true && !isKnown(profile, pointer))
      .map(({ pointer }) => ({ group, pointer }));
    if (group !== "work" || knowsPermit(profile)) return missing;
    return [...missing, { group, pointer: permitsPointer }];
  });
}

function isKnown(profile: Profile, pointer: string): boolean {
  if (factAt(profile, pointer) !== undefined) return true;
  return /^\/application\/name\/(first|last)$/u.test(pointer) && hasPlainName(profile);
}

/** Two words and nothing else said of the name: first and last can be told apart. */
function hasPlainName({ basics, application }: Profile): boolean {
  return application?.name === undefined && basics?.name?.trim().split(/\s+/u).length === 2;
}

/** Whether one may work somewhere, and whether a visa is needed: both are asked nearly everywhere. */
function knowsPermit({ application }: Profile): boolean {
  return (application?.workAuthorization ?? []).some(
    ({ authorized, sponsorshipRequired }) =>
      authorized !== undefined && sponsorshipRequired !== undefined,
  );
}
