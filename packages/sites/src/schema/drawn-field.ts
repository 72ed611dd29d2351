import type { PublishedField } from "./published-schema.ts";

/** A control that a site's pages have without its being published as a question: it is no surprise there. */
export function drawnField(
  name: string,
  more: Pick<PublishedField, "meanings"> = {},
): PublishedField {
  const rest = {
    label: "",
    kind: "other",
    required: false,
    options: [],
    mayBeAbsent: true,
  } as const;
  return { name, ...rest, ...more };
}
