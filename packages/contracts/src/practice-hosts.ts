import { z } from "zod";

/**
 * Which host names the practice sites answer for, as they write it to a file when they start. Whoever
 * is given the file (`VALET_PRACTICE_HOSTS`) reaches these hosts there and no other host at all.
 */
export const PracticeHosts = z.object({
  version: z.literal(1),
  /** `address:port` that speaks TLS for all of them. */
  address: z.string().regex(/^127\.0\.0\.1:\d{1,5}$/),
  /** Host names in lower case; `*.example.com` stands for every name below example.com. */
  hosts: z.array(z.string().regex(/^(\*\.)?[a-z\d-]+(\.[a-z\d-]+)+$/)).min(1),
  /** PEM of the throw-away authority behind their certificate. */
  authority: z.string().startsWith("-----BEGIN CERTIFICATE-----"),
  /** SHA-256 of the certificate's public key in base64, by which a browser is told to trust it. */
  publicKeySha256: z.string().regex(/^[A-Za-z\d+/]{43}=$/),
});
export type PracticeHosts = z.infer<typeof PracticeHosts>;

/** Whether a host name is one of the practice sites. */
export function isPracticeHost({ hosts }: Pick<PracticeHosts, "hosts">, hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  return hosts.some((host) =>
    host.startsWith("*.") ? name.endsWith(host.slice(1)) : name === host,
  );
}
