import type { FastifyInstance } from "fastify";

import type { SiteDeps } from "../site-deps.ts";

/** A behaviour that breaks those who do not know it, switched on with `?quirk=NAME[,NAME]`. */
export interface Quirk {
  readonly name: string;
  readonly description: string;
  /** What an application that was filled in well then comes to; `confirmation` unless given. */
  readonly outcome?: QuirkOutcome;
}

export type QuirkOutcome =
  | "confirmation"
  | "closed"
  | "already_applied"
  | "form_with_errors"
  | "site_error"
  /** The last page shows other values than were entered: whoever looks does not send them. */
  | "changed"
  /** The posting leads to no form that may be filled. */
  | "no_form"
  /** A person is needed: a challenge, a code, an account. */
  | "wall";

/** One vendor's application site, under the vendor's own host names. */
export interface VendorSite {
  readonly name: string;
  /** Host names in lower case; `*.example.com` stands for every name below example.com. */
  readonly hosts: readonly [string, ...string[]];
  readonly quirks: readonly Quirk[];
  /** Address of the posting of a seed, without `https://`. */
  readonly posting: (seed: number) => string;
  /** Adds the routes to a scope that answers for these hosts only. */
  readonly register: (app: FastifyInstance, deps: SiteDeps) => void;
}
