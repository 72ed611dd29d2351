/** Of one hop only (RFC 9110 §7.6.1), or meant for a proxy. */
const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authentication-info",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * What of a message's headers goes on, as names and values in turn: spelling and order stay as they
 * were, because sites tell browsers apart by them.
 */
export function endToEndHeaders(rawHeaders: readonly string[]): string[] {
  const pairs = pairsOf(rawHeaders);
  const named = new Set(
    pairs
      .filter(([name]) => name.toLowerCase() === "connection")
      .flatMap(([, value]) => value.toLowerCase().split(","))
      .map((name) => name.trim()),
  );
  return pairs
    .filter(([name]) => !hopByHop.has(name.toLowerCase()) && !named.has(name.toLowerCase()))
    .flat();
}

/** The same with `Host` as the target has it, whatever the client wrote there. */
export function headersFor(host: string, rawHeaders: readonly string[]): string[] {
  const pairs = pairsOf(endToEndHeaders(rawHeaders));
  return ["Host", host, ...pairs.filter(([name]) => name.toLowerCase() !== "host").flat()];
}

function pairsOf(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""]] : [],
  );
}
