/**
 * The seconds that an answer asks to wait: a number of them, or a date (RFC 9110, 10.2.3). Undefined where it asks
 * for nothing, or for something that cannot be read.
 */
export function readRetryAfter(
  headers: Readonly<Record<string, string>>,
  nowMs: number,
): number | undefined {
  const [, said] =
    Object.entries(headers).find(([name]) => name.toLowerCase() === "retry-after") ?? [];
  const text = said?.trim() ?? "";
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  const at = /[a-z]/iu.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - nowMs) / 1_000));
}
