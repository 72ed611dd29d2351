import type { FastifyInstance } from "fastify";

import type { SiteDeps } from "../site-deps.ts";
import { hostPattern } from "./host-names.ts";
import { vendorSites } from "./vendor-sites.ts";

/** Each vendor's routes in a scope of their own, told apart by the host that is asked for. */
export function registerVendorSites(app: FastifyInstance, deps: SiteDeps): void {
  for (const { hosts, register } of vendorSites) {
    const host = hostPattern(hosts);
    app.register(async (scope) => {
      scope.addHook("onRoute", (route) => {
        route.constraints = { ...route.constraints, host };
      });
      register(scope, deps);
    });
  }
}
