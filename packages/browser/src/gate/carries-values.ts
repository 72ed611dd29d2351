/** Shorter values, such as a state's two letters, stand in requests of every kind. */
const shortestTelling = 4;

/** What names one person: an e-mail address or a phone number. */
export function isIdentifying(value: string): boolean {
  return value.includes("@") || (value.match(/\d/gu) ?? []).length >= 7;
}

/**
 * How many of the person's values stand in what a request would send, in its address or its body, however
 * they are written there: percent-encoded, as a form, as JSON with escapes. Counted once each.
 */
export function countCarriedValues(
  { url, body }: { readonly url: string; readonly body?: string | undefined },
  values: readonly string[],
): number {
  const query = /\?.*$/su.exec(url)?.[0] ?? "";
  // Most of what a page asks for has neither, and each request waits for this.
  if (query === "" && (body ?? "") === "") return 0;
  const telling = new Set(values.map(plain).filter((value) => value.length >= shortestTelling));
  if (telling.size === 0) return 0;
  const sent = [query, body ?? ""].flatMap(writtenForms).map(plain).join("\n");
  return [...telling].filter((value) => sent.includes(value)).length;
}

/** Whether so much of the person's values is in it that it is more than a question to the site. */
export function carriesApplication(
  request: Parameters<typeof countCarriedValues>[0],
  values: readonly string[],
): boolean {
  return countCarriedValues(request, values) >= Math.min(telling, Math.max(values.length, 1));
}

/** One value may be what a script asks the site about while the form is filled. */
const telling = 2;

function writtenForms(text: string): string[] {
  return text === "" ? [] : [text, percentDecoded(text), unescaped(text)];
}

/** Byte by byte what can be read; a stray percent sign is left as it is. */
function percentDecoded(text: string): string {
  const runs = text.replace(/\+/gu, " ");
  return runs.replace(/(?:%[\da-f]{2})+/giu, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([\da-f]{4})/giu, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replace(/\\[nrt]/gu, " ")
    .replace(/\\(["\\/])/gu, "$1");
}

function plain(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim().toLowerCase();
}
