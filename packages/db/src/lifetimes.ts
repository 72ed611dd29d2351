import { sql } from "kysely";

/** How long a person has to look at a review; by the database's clock, as every expiry. */
export const reviewLifetime = sql<Date>`now() + interval '24 hours'`;
/** How long an approval stays good once it was given. */
export const approvalLifetime = sql<Date>`now() + interval '24 hours'`;
