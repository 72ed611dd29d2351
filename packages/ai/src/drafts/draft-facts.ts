import type { Profile } from "@valet/contracts";

/** What a draft may tell of the person, by the key under which a model may call for it. */
export type DraftFacts = ReadonlyMap<string, string>;

const most = { entries: 4, keywords: 12 } as const;
/** A description longer than this is a text of its own, not a fact to be put into a sentence. */
const longest = 300;

/**
 * History alone: what people put into a résumé. Nothing of law, money, origin or health, and no way to
 * reach them: none of it belongs into a text that a page has asked for.
 */
export function draftFacts({
  work,
  education,
  skills,
  projects,
  application,
}: Profile): DraftFacts {
  const facts = new Map<string, string>();
  const add = (key: string, value: unknown): void => {
    const text =
      typeof value === "number" ? String(value) : typeof value === "string" ? value.trim() : "";
    if (text !== "" && text.length <= longest) facts.set(key, text);
  };
  add("yearsOfExperience", application?.yearsOfExperience);
  for (const [index, entry] of (work ?? []).slice(0, most.entries).entries()) {
    add(`work.${index}.employer`, entry.name);
    add(`work.${index}.title`, entry.position);
    add(`work.${index}.since`, year(entry.startDate));
    add(`work.${index}.until`, year(entry.endDate));
    for (const [at, text] of (entry.highlights ?? []).slice(0, most.entries).entries()) {
      add(`work.${index}.highlight.${at}`, text.replace(/\.$/u, ""));
    }
  }
  for (const [index, entry] of (education ?? []).slice(0, most.entries).entries()) {
    add(`education.${index}.school`, entry.institution);
    add(`education.${index}.degree`, entry.studyType);
    add(`education.${index}.area`, entry.area);
  }
  const words = (skills ?? []).flatMap(
    ({ name, keywords }) => keywords ?? (name === undefined ? [] : [name]),
  );
  add("skills", words.slice(0, most.keywords).join(", "));
  for (const [index, entry] of (projects ?? []).slice(0, most.entries).entries()) {
    add(`projects.${index}.name`, entry.name);
    add(`projects.${index}.description`, entry.description?.replace(/\.$/u, ""));
  }
  return facts;
}

function year(date: string | undefined): string | undefined {
  return date?.slice(0, 4);
}
