/** A UUID in lower case, or undefined. */
export function uuidOf(text: string | null | undefined): string | undefined {
  const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(text ?? "");
  return isUuid ? text?.toLowerCase() : undefined;
}
