/** Methods that by definition change nothing (RFC 9110 §9.2.1), as far as pages use them. */
export function isSafeMethod(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}
