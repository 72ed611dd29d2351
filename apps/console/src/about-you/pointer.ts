type Members = Readonly<Record<string, unknown>>;

/** What stands at a JSON pointer; undefined where nothing does. */
export function valueAt(value: unknown, pointer: string): unknown {
  let at = value;
  for (const name of namesOf(pointer)) at = membersOf(at)[name];
  return at;
}

/**
 * The same value with this at the pointer, and nothing else changed. Put `undefined` there and it is taken
 * away, with what holds nothing any more.
 */
export function withValueAt(value: unknown, pointer: string, put: unknown): unknown {
  return withValue(value, namesOf(pointer), put);
}

/** The last name that is no place in a list: `keywords` of `/skills/0/keywords/3`. */
export function leafOf(pointer: string): string {
  return namesOf(pointer).findLast((name) => !/^\d+$/u.test(name)) ?? "";
}

/** Every text below, by pointer. */
export function textsBelow(value: unknown, pointer = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[pointer, value]];
  return Object.entries(membersOf(value)).flatMap(([name, member]) =>
    textsBelow(member, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  );
}

function withValue(value: unknown, names: readonly string[], put: unknown): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return put;
  const inner = withValue(membersOf(value)[name], rest, put);
  if (Array.isArray(value)) return withItem(value, Number(name), inner);
  const { [name]: _, ...others } = membersOf(value);
  const isBare = inner === undefined && Object.keys(others).length === 0;
  if (isBare) return undefined;
  return inner === undefined ? others : { ...membersOf(value), [name]: inner };
}

function withItem(items: readonly unknown[], place: number, item: unknown): unknown {
  const put = item === undefined ? [] : [item];
  const changed = [...items.slice(0, place), ...put, ...items.slice(place + 1)];
  return changed.length === 0 ? undefined : changed;
}

function namesOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function membersOf(value: unknown): Members {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
