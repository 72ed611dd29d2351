import { type Access, Scope, ValetError } from "@valet/contracts";
import type { FastifyRequest, RouteOptions } from "fastify";
import { type Person, personOf } from "./person.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    access?: Access;
  }
}

/**
 * For `onRoute`: takes over what the route says of itself, so that a request can be held to it.
 *
 * @throws for a route that does not say who may use it, which ends the start.
 */
export function noteAccess(route: RouteOptions & { readonly access?: unknown }): void {
  const { access } = route;
  if (!isAccess(access)) {
    throw new Error(
      `${String(route.method)} ${route.url} does not say who may use it (\`access\`).`,
    );
  }
  route.config = { ...route.config, access };
}

/** What the route says of itself; for those outside the guarded scope, `public`. */
export function accessOf({ routeOptions }: FastifyRequest): Access {
  return routeOptions.config.access ?? "public";
}

/**
 * A hook that lets pass whoever has the scope of the route. Before the body is read: who may not do this
 * learns nothing about what would be accepted.
 */
export async function requireScope(request: FastifyRequest): Promise<void> {
  const access = accessOf(request);
  if (access === "public" || access === "person") return;
  assertScope(personOf(request), access);
}

/** Throws `FORBIDDEN`. For what only some requests of a route need; the route itself says the rest. */
export function assertScope({ scopes }: Pick<Person, "scopes">, scope: Scope): void {
  if (scopes.has(scope)) return;
  throw new ValetError("FORBIDDEN", forbidden(scope), { scope });
}

function forbidden(scope: Scope): string {
  return scope === "admin"
    ? "Only an admin may do this, with a key that has the scope `admin`. Nothing was done. Ask an admin of this server."
    : `This key may not do this: it lacks the scope \`${scope}\`. Nothing was done. Use a key that has it.`;
}

function isAccess(value: unknown): value is Access {
  return value === "public" || value === "person" || Scope.safeParse(value).success;
}
