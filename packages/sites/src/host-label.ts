/** The part of the host name in front of `domain`, in lower case: the employer on most systems. */
export function labelBefore(url: URL, domain: string): string | undefined {
  const host = url.hostname.toLowerCase();
  return host.endsWith(`.${domain}`) ? host.slice(0, -domain.length - 1) : undefined;
}

/** The segments of the path, decoded; an undecodable one stays as it is. */
export function pathOf(url: URL): string[] {
  return url.pathname
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => {
      try {
        return decodeURIComponent(segment);
      } catch {
        return segment;
      }
    });
}

/** The same address with another path; query and fragment stay. */
export function withPath(url: URL, segments: readonly string[]): URL {
  const changed = new URL(url);
  changed.pathname = `/${segments.map((segment) => encodeURIComponent(segment)).join("/")}`;
  return changed;
}
