import { sql } from "kysely";

/** How long an approval stays good once it was given. */
export const approvalLifetime = sql<Date>`now() + interval '24 hours'`;
