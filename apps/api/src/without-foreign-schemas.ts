const schemaReference = /^#\/components\/schemas\/(.+)$/;

/**
 * Leaves out schemas that no route refers to: zod has one register of names a process, and libraries that use
 * zod as well write into it.
 */
export function withoutForeignSchemas<
  Document extends {
    readonly paths?: unknown;
    readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
  },
>(document: Document): Document {
  const { components, paths } = document;
  const all = components?.schemas ?? {};
  const used = new Set<string>();
  const open: unknown[] = [paths];
  while (open.length > 0) {
    for (const name of referencesIn(open.pop())) {
      if (used.has(name)) continue;
      used.add(name);
      open.push(all[name]);
    }
  }
  const schemas = Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas } };
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const name =
      key === "$ref" && typeof part === "string" ? schemaReference.exec(part)?.[1] : null;
    return name === null || name === undefined ? referencesIn(part) : [name];
  });
}
