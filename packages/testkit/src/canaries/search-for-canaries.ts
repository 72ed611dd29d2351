/** Values that must not be found, each under the name that a failed test shows. */
export type Canaries = Readonly<Record<string, string>>;

export interface CanarySearch {
  /** Which of them the text holds and in which form, such as `phone (base64)`; never the value. */
  readonly find: (text: string) => readonly string[];
}

/** Shorter ones would also be found where nobody has put them. */
const shortest = 6;

/**
 * Looks for each canary as it is, in any case, escaped for JSON or an address, as hexadecimal digits (how
 * Postgres shows bytes) and in base64, wherever in the encoded bytes it begins.
 */
export function searchForCanaries(canaries: Canaries): CanarySearch {
  const needles = Object.entries(canaries).flatMap(([name, value]) => {
    if (value.length < shortest) throw new Error(`The canary "${name}" is too short to be one.`);
    const forms = new Map<string, string>();
    for (const [form, texts] of Object.entries(formsOf(value))) {
      for (const text of texts) {
        const lower = text.toLowerCase();
        // Where nothing had to be escaped it is found as it is.
        if (!forms.has(lower)) forms.set(lower, form);
      }
    }
    return [...forms].map(([text, form]) => ({ name, form, text }));
  });
  return {
    find(text) {
      // One look for all forms: that a base64 is found in another case as well costs nothing here.
      const lower = text.toLowerCase();
      const found = needles.filter((needle) => lower.includes(needle.text));
      return [...new Set(found.map(({ name, form }) => `${name} (${form})`))];
    },
  };
}

function formsOf(value: string): Readonly<Record<string, readonly string[]>> {
  const spellings = [value, value.toLowerCase()];
  return {
    "as it is": [value],
    JSON: [inJson(value), inAsciiJson(value)],
    URL: [encodeURIComponent(value), encodeURIComponent(value).replaceAll("%20", "+")],
    hex: spellings.map((text) => Buffer.from(text).toString("hex")),
    base64: spellings.flatMap((text) => [0, 1, 2].flatMap((before) => base64Of(text, before))),
  };
}

function inJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function inAsciiJson(value: string): string {
  return inJson(value).replaceAll(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The characters that stand for this text alone where so many other bytes come before it. */
function base64Of(text: string, before: number): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
  const digits = bytes.toString("base64").replace(/=+$/, "");
  // A digit holds six bits: those that share any with a neighbour are left out.
  const first = Math.ceil((before * 8) / 6);
  const end = Math.floor((bytes.length * 8) / 6);
  const own = digits.slice(first, end);
  return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
}
