import { sql } from "kysely";
import type { Querier } from "./connect.ts";
import { type PersonTable, scopeOf } from "./person-tables.ts";

const pageSize = 200;

/** A person's rows of one table, as JSON with column names as the API writes them; a page at a time. */
export async function* readPersonRows(
  db: Querier,
  { table, userId }: { readonly table: PersonTable; readonly userId: string },
): AsyncGenerator<Readonly<Record<string, unknown>>, void, undefined> {
  const key = sql.join(table.key.map((column) => sql`${sql.ref(column)}`));
  const keyTexts = sql.join(table.key.map((column) => sql`${sql.ref(column)}::text`));
  let last: readonly string[] | undefined;
  for (;;) {
    const after = last === undefined ? sql`true` : sql`(${key}) > (${sql.join([...last])})`;
    const { rows } = await sql<{
      given: Readonly<Record<string, unknown>>;
      place: readonly string[];
    }>`
      select to_jsonb(held) - ${table.omit ?? []}::text[] as given, array[${keyTexts}] as place
      from ${sql.table(table.name)} held
      where ${scopeOf(table, userId)} and ${after}
      order by ${key} limit ${pageSize}`.execute(db);
    for (const { given } of rows) yield Object.fromEntries(Object.entries(given).map(camelCased));
    if (rows.length < pageSize) return;
    last = rows.at(-1)?.place;
  }
}

/** The columns alone: what stands in them is data. */
function camelCased([name, value]: [string, unknown]): [string, unknown] {
  return [name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value];
}
