import { z } from "zod";

/**
 * A request that a site is known to make. Both parts must fit; the address is matched without its fragment,
 * with its query or without it.
 */
export const EndpointRule = z.object({
  method: z.enum(["POST", "PUT", "PATCH", "DELETE", "GET"]),
  /** Source of a regular expression for the whole address. */
  address: z.string().min(1).max(500).refine(isPattern, "This is no regular expression."),
});
export type EndpointRule = z.infer<typeof EndpointRule>;

/** What is known of a site before its page is opened. */
export const GatePolicy = z.object({
  /** Requests that change something and are no application: uploads, autosaves, reads sent as POST. */
  passes: z.array(EndpointRule).max(50),
  /** The request that sends the application; empty where it is not known. */
  submits: z.array(EndpointRule).max(20),
});
export type GatePolicy = z.infer<typeof GatePolicy>;

/** Nothing is known: every request that changes something stays here. */
export const closedPolicy: GatePolicy = { passes: [], submits: [] };

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, "u").source !== "";
  } catch {
    return false;
  }
}

export interface Endpoint {
  readonly method: string;
  readonly url: string;
}

export function matchesRule({ method, url }: Endpoint, rules: readonly EndpointRule[]): boolean {
  const address = url.replace(/#.*$/su, "");
  const spellings = [address, address.replace(/\?.*$/su, "")];
  return rules.some((rule) => {
    const pattern = new RegExp(rule.address, "u");
    return rule.method === method && spellings.some((spelling) => pattern.test(spelling));
  });
}
