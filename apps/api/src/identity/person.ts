import type { Scope } from "@valet/contracts";
import type { Credential, Db, TaskWriter, UserRow } from "@valet/db";
import type { FastifyRequest } from "fastify";

/** Who sent a request, and what can be done in their name. */
export interface Person {
  readonly user: UserRow;
  readonly scopes: ReadonlySet<Scope>;
  readonly how: "api_key" | "session" | "token";
  readonly credential: Credential;
  /** Postgres shows and takes nothing here but rows of this person. */
  readonly db: Db;
  /** Writes through `db`. */
  readonly writer: TaskWriter;
}

const people = new WeakMap<FastifyRequest, Person>();

export function rememberPerson(request: FastifyRequest, person: Person): void {
  people.set(request, person);
}

/** Only for routes whose `access` is not `public`. */
export function personOf(request: FastifyRequest): Person {
  const person = people.get(request);
  if (person === undefined) throw new Error("This route asks nobody who they are.");
  return person;
}
