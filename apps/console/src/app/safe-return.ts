/**
 * Where to go after signing in: a place in this console, whatever an address said. Only a path: `//host` and
 * `/\host` would lead elsewhere.
 */
export function safeReturn(from: string | undefined): string {
  if (from === undefined || !/^\/(?![/\\])/.test(from)) return "/";
  return from.startsWith("/sign-in") ? "/" : from;
}
