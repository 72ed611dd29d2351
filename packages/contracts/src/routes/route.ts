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
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly access: Access;
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

export const TaskParams = z.object({ id: z.string() });
