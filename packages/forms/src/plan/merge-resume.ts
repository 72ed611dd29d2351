import type { Profile } from "@valet/contracts";

export interface MergedProfile {
  readonly profile: Profile;
  /** JSON pointers of what the résumé added. */
  readonly fromResume: readonly string[];
}

const lists = ["work", "education", "skills", "languages", "projects", "interests"] as const;

/**
 * The profile, completed by what a parsed résumé says where the profile says nothing. Whole lists are
 * taken or left: rows of two lists would not fit each other. What the person stored always wins.
 */
export function mergeResume(profile: Profile, document: Profile | undefined): MergedProfile {
  if (document === undefined) return { profile, fromResume: [] };
  const fromResume: string[] = [];
  const merged: Profile = { ...profile, basics: mergeBasics(profile.basics, document.basics) };
  for (const key of lists) {
    const own = profile[key] ?? [];
    const added = document[key];
    if (own.length > 0 || added === undefined || added.length === 0) continue;
    Object.assign(merged, { [key]: added });
    fromResume.push(`/${key}`);
  }
  return { profile: merged, fromResume };

  function mergeBasics(own: Profile["basics"], added: Profile["basics"]): Profile["basics"] {
    const missing = Object.entries(added ?? {}).filter(
      ([key, value]) => value !== undefined && own?.[key] === undefined,
    );
    fromResume.push(...missing.map(([key]) => `/basics/${key}`));
    return { ...own, ...Object.fromEntries(missing) };
  }
}

/** Whether a fact at this pointer came from the résumé. */
export function isFromResume(ref: string, { fromResume }: MergedProfile): boolean {
  return fromResume.some((prefix) => ref === prefix || ref.startsWith(`${prefix}/`));
}
