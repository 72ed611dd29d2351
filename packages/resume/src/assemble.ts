import type { Sourced } from "./facts/sourced.ts";
import type { JsonResume, ParsedResume, Source } from "./json-resume.ts";

/** A tree whose leaves are read values. */
export type SourcedTree =
  | Sourced
  | undefined
  | readonly SourcedTree[]
  | { readonly [name: string]: SourcedTree };

/** Takes the values of a tree apart from where they were read; what is empty is left out. */
export function assemble(tree: { readonly [name: string]: SourcedTree }): ParsedResume {
  const sources: Record<string, Source> = {};
  const resume = plain(tree, "", sources);
  // The tree was built by the shape of the schema.
  return { resume: { basics: {}, ...(resume as Partial<JsonResume>) }, sources };
}

function plain(tree: SourcedTree, pointer: string, sources: Record<string, Source>): unknown {
  if (tree === undefined) return undefined;
  if (isSourced(tree)) {
    sources[pointer] = sourceOf(tree);
    return tree.value;
  }
  if (Array.isArray(tree)) {
    const items = tree.map((item: SourcedTree, index) =>
      plain(item, `${pointer}/${index}`, sources),
    );
    return items.length === 0 ? undefined : items;
  }
  const members = Object.entries(tree).flatMap(([name, member]) => {
    const value = plain(member, `${pointer}/${name}`, sources);
    return value === undefined ? [] : [[name, value] as const];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function isSourced(tree: object): tree is Sourced {
  return "line" in tree && "value" in tree;
}

function sourceOf({ line, text, confidence }: Sourced): Source {
  const { place, box } = line;
  return "page" in place
    ? { page: place.page, box, text, confidence }
    : { ...place, text, confidence };
}
