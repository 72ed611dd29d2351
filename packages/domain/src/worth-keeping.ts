import type { ParsedResume } from "@valet/contracts";

/**
 * Whether a résumé said anything by which a person could be put forward. An answer without that never takes
 * the place of one with it.
 */
export function isWorthKeeping({ resume }: ParsedResume): boolean {
  const { basics, work = [], education = [], skills = [], projects = [] } = resume;
  const isReachable = (basics.email ?? basics.phone ?? basics.name) !== undefined;
  return isReachable || [work, education, skills, projects].some((list) => list.length > 0);
}
