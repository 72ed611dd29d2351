/** What stands at a JSON pointer (RFC 6901); undefined when nothing does. */
export function valueAt(value: unknown, pointer: string): unknown {
  let at = value;
  for (const name of namesOf(pointer)) at = membersOf(at)[name];
  return at;
}

/** The same value with this at the pointer; what is missing on the way is made, nothing is changed. */
export function withValueAt(value: unknown, pointer: string, put: unknown): unknown {
  return withValue(value, namesOf(pointer), put);
}

/** The pointer, or the place after a list's last where it names one that is further on: lists have no holes. */
export function withoutHole(value: unknown, pointer: string): string {
  return pointer.replace(/\/(\d+)$/u, (_, index: string) => {
    const list = valueAt(value, pointer.slice(0, -index.length - 1));
    return `/${Math.min(Number(index), Array.isArray(list) ? list.length : 0)}`;
  });
}

function withValue(value: unknown, names: readonly string[], put: unknown): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return put;
  const isList = Array.isArray(value) || (value === undefined && /^\d+$/u.test(name));
  const inner = withValue(membersOf(value)[name], rest, put);
  if (!isList) return { ...membersOf(value), [name]: inner };
  const items: unknown[] = Array.isArray(value) ? [...value] : [];
  items[Number(name)] = inner;
  return items;
}

function namesOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
