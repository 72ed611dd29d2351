import { z } from "zod";
import { Problem } from "../error-codes.ts";

/**
 * What a key may be allowed to do: look at what is the person's own; start and stop applications and keep
 * their facts; speak for them (approve, answer, act in the browser); manage keys, webhooks and the account;
 * see and manage what is everybody's, for which the person must be an admin as well.
 */
export const Scope = z.enum(["read", "apply", "approve", "account", "admin"]);
export type Scope = z.infer<typeof Scope>;

/**
 * The scope that whoever calls must have; `person`: it is enough to be known; `public`: nobody is asked who
 * they are.
 */
export type Access = Scope | "person" | "public";

/** A route said once, as data: the API serves it, the client calls it. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly access: Access;
  /**
   * With an `Idempotency-Key` its answer is kept for a day: the same request gets it again and does nothing
   * more. Not where an answer holds a secret, which would be kept with it.
   */
  readonly keepsAnswer?: true;
  readonly schema: {
    readonly summary: string;
    readonly tags: readonly string[];
    readonly params?: z.ZodType;
    readonly querystring?: z.ZodType;
    readonly headers?: z.ZodType;
    readonly body?: z.ZodType;
    readonly response: Readonly<Record<number, z.ZodType>>;
  };
}

/** What any route behind a key may answer when it does not do what was asked. */
export const problems = {
  400: Problem,
  401: Problem,
  403: Problem,
  404: Problem,
  409: Problem,
  422: Problem,
  429: Problem,
  503: Problem,
} as const;

/** Of routes that may be sent twice and do their work once. */
export const keyHeaders = z.looseObject({
  "idempotency-key": z.string().min(1).max(200).optional(),
});

export const TaskParams = z.object({ id: z.string() });
