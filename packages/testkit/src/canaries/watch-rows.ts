import postgres from "postgres";

/** What is written to a database from now on, table by table. */
export interface RowWatch {
  /** Every row as it stands now that was written since, as text; bytes are hexadecimal digits. */
  readonly written: () => Promise<ReadonlyMap<string, string>>;
  readonly close: () => Promise<void>;
}

/** Tables of a database that others may use as well: what they wrote before is not looked at. */
export async function watchRows(databaseUrl: string): Promise<RowWatch> {
  const sql = postgres(databaseUrl, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    // Every transaction before this one has ended; each row names the one that wrote it.
    const [now] = await sql<{ first: string }[]>`
      select pg_snapshot_xmin(pg_current_snapshot())::text as first`;
    const first = now?.first ?? "0";
    return {
      written: () => rowsSince(sql, first),
      close: () => sql.end(),
    };
  } catch (error) {
    await sql.end();
    throw error;
  }
}

async function rowsSince(
  sql: postgres.Sql,
  firstTransaction: string,
): Promise<ReadonlyMap<string, string>> {
  // Of partitioned tables the parts, which are what holds rows.
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$)'
    order by 1`;
  const written = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await sql.unsafe<{ row: string }[]>(
      `select t::text as row from ${name} t where t.xmin::text::bigint >= $1::bigint`,
      [firstTransaction],
    );
    if (rows.length > 0) written.set(name, rows.map(({ row }) => row).join("\n"));
  }
  return written;
}
