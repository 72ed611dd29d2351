import type { Fact } from "../plan/fact.ts";
import type { AskedQuestion } from "./asked-question.ts";
import type { WorkEntry } from "./find-work-entry.ts";
import { isPlainYesNo, senseOf } from "./option-sense.ts";
import { type WorkClaims, claimsOf, unionCountries } from "./work-claims.ts";

/** The one option of which every part is known to be true; with several, the one that says most. */
export function chooseClaim(
  { options }: AskedQuestion,
  { found, truth }: { found: WorkEntry; truth: boolean | undefined },
): Fact | undefined {
  const rated = options
    .map((option) => ({ option, verdict: verdictOf(option, { found, truth }) }))
    .filter(({ verdict }) => verdict.isTrue)
    .sort((a, b) => b.verdict.claims - a.verdict.claims);
  const [best, next] = rated;
  if (best === undefined || (next !== undefined && next.verdict.claims === best.verdict.claims))
    return undefined;
  return {
    texts: [best.option],
    source: "profile",
    ref: found.ref,
    confidence: found.isNamed ? 0.93 : 0.86,
  };
}

export interface Verdict {
  readonly isTrue: boolean;
  readonly claims: number;
}

export function verdictOf(
  option: string,
  { found, truth }: { found: WorkEntry; truth: boolean | undefined },
): Verdict {
  const sense = senseOf(option);
  const claims = claimsOf(option);
  const parts: (boolean | undefined)[] = [];
  if (sense === "decline" || sense === "notApplicable" || sense === "other")
    return { isTrue: false, claims: 0 };
  if (isPlainYesNo(option))
    parts.push(truth === undefined ? undefined : truth === (sense === "yes"));
  parts.push(...claimParts(claims, found));
  return { isTrue: parts.length > 0 && parts.every((part) => part === true), claims: parts.length };
}

export function claimParts(
  claims: WorkClaims,
  { entry, isCitizen }: WorkEntry,
): (boolean | undefined)[] {
  const compare = (
    claimed: boolean | undefined,
    known: boolean | undefined,
  ): (boolean | undefined)[] =>
    claimed === undefined ? [] : [known === undefined ? undefined : known === claimed];
  const { nationalities } = claims;
  const isUnion = nationalities.includes("EU") && unionCountries.has(entry.country);
  const isOther = nationalities.length > 0 && !isUnion && !nationalities.includes(entry.country);
  const holds = entry.authorized === false || isCitizen === true ? false : undefined;
  return [
    ...compare(claims.authorized, entry.authorized),
    ...compare(claims.sponsorship, entry.sponsorshipRequired),
    ...compare(claims.citizen, isCitizen === false && claims.isOrResident ? undefined : isCitizen),
    ...(claims.holdsVisa ? [holds] : []),
    ...(claims.isSpecific || isOther ? [undefined] : []),
  ];
}
