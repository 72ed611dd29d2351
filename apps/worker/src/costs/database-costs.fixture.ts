import postgres from "postgres";

/** What a database has done so far, and what it holds; the log is the whole server's. */
export interface DatabaseCounts {
  readonly transactions: number;
  /** Of write-ahead log, in bytes. */
  readonly logBytes: number;
  /** Rows inserted so far, by table; partitions count as their table. */
  readonly inserted: Readonly<Record<string, number>>;
}

export async function readDatabaseCounts(url: string): Promise<DatabaseCounts> {
  return withSql(url, async (sql) => {
    const [counts] = await sql<{ transactions: string; logBytes: string }[]>`
      select xact_commit as transactions,
        pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as "logBytes"
      from pg_stat_database where datname = current_database()`;
    const rows = await sql<{ table: string; inserted: string }[]>`
      select ${tableOf(sql)} as "table", sum(n_tup_ins) as inserted
      from pg_stat_user_tables join pg_class on pg_class.oid = relid group by 1`;
    return {
      transactions: Number(counts?.transactions),
      logBytes: Number(counts?.logBytes),
      inserted: Object.fromEntries(rows.map(({ table, inserted }) => [table, Number(inserted)])),
    };
  });
}

/** Bytes on disk by table, with indexes and large values, once what is dead was made free again. */
export async function readTableBytes(url: string): Promise<Record<string, number>> {
  return withSql(url, async (sql) => {
    await sql`vacuum`;
    const rows = await sql<{ table: string; bytes: string }[]>`
      select ${tableOf(sql)} as "table", sum(pg_total_relation_size(pg_class.oid)) as bytes
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind = 'r' and nspname = 'public' group by 1`;
    return Object.fromEntries(rows.map(({ table, bytes }) => [table, Number(bytes)]));
  });
}

function tableOf(sql: postgres.Sql): postgres.Fragment {
  return sql`regexp_replace(pg_class.relname, '_\\d{8}$|_p\\d+$', '')`;
}

async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** Of two such records the later less the earlier, in each part. */
export function differenceOf<Name extends string>(
  later: Readonly<Record<Name, number>>,
  earlier: Readonly<Partial<Record<Name, number>>>,
): Record<Name, number> {
  const names = Object.keys(later) as Name[]; // the keys of a record are its names
  return Object.fromEntries(
    names.map((name) => [name, later[name] - (earlier[name] ?? 0)]),
  ) as Record<Name, number>;
}
