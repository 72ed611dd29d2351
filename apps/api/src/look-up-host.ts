import { lookup } from "node:dns/promises";
import { withinTime } from "./within-time.ts";

const limitMs = 3_000;

/** All addresses of a host as this machine resolves it. Rejects for an unknown one and after 3 s. */
export async function lookUpHost(host: string): Promise<readonly string[]> {
  const found = await withinTime(limitMs, () => lookup(host, { all: true }));
  return found.map(({ address }) => address);
}
