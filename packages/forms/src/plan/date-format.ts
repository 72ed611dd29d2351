type Part = "day" | "month" | "year";

const shape =
  /(?<!\p{L})(d{1,2}|t{1,2}|jj|gg|m{1,2}|y{2,4}|jjjj|a{2,4}|r{4})([./\- ])(d{1,2}|t{1,2}|jj|gg|m{1,2}|y{2,4}|jjjj|a{4}|r{4})(?:\2(d{1,2}|t{1,2}|jj|gg|m{1,2}|y{2,4}|jjjj|a{4}|r{4}))?(?!\p{L})/iu;

/**
 * A stored date ("2027-06-28" or "2027-06") in the format a label spells out: "MM/DD/YYYY",
 * "TT.MM.JJJJ", "jj/mm/aaaa", "MM/YYYY". Undefined where the label spells none out or asks for a part
 * that is not stored.
 */
export function dateInFormat(label: string, date: string): string | undefined {
  const [, first = "", separator = "", second = "", third] = shape.exec(label) ?? [];
  const tokens = [first, second, ...(third === undefined ? [] : [third])];
  const order = tokens.map((token) => partOf(token));
  if (first === "" || new Set(order).size !== order.length) return undefined;
  const [year = "", month = "", day = ""] = date.split("-");
  const values: Readonly<Record<Part, string>> = { day, month, year };
  const texts = order.map((part, index) =>
    part === "year" && tokens[index]?.length === 2 ? values.year.slice(2) : values[part],
  );
  return texts.includes("") ? undefined : texts.join(separator);
}

/** Whether a label spells out a date format at all. */
export function namesDateFormat(label: string): boolean {
  return shape.test(label);
}

/** English, German, French, Spanish, Italian, Portuguese, Dutch and Polish letters. */
function partOf(token: string): Part {
  const letters = token.toLowerCase();
  if (letters.startsWith("m")) return "month";
  return /^(d|t|jj$|g)/u.test(letters) ? "day" : "year";
}
