/** Servers of the caller's own are nothing to send hundreds of applications to, nor to measure. */
export function withoutServers(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const isServer = (name: string) =>
    ["DATABASE_URL", "REDIS_URL"].includes(name) || name.startsWith("HATCHET_");
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isServer(name)));
}
