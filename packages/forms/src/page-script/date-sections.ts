/*
 * Runs inside the page. Every function is sent by source: it may call only functions of this file.
 */

/** Which part of a date a spin button stands for: by its name, else by the largest value it takes. */
export function sectionPart(section: Element): "year" | "month" | "day" | null {
  const type = section.getAttribute("data-type") ?? "";
  if (type === "year" || type === "month" || type === "day") return type;
  const name = `${section.getAttribute("aria-label") ?? ""} ${section.id}`;
  if (/hour|minute|second|am.?pm|stunde|heure|hora/iu.test(name)) return null;
  if (/year|jahr|ann[ée]e|a[ñn]o|\bano\b|anno|\brok\b|jaar/iu.test(name)) return "year";
  if (/month|monat|mois|\bm[eê]s\b|mese|miesi|maand/iu.test(name)) return "month";
  if (/\bday|\btag\b|jour|d[ií]a|giorno|dzie|\bdag\b/iu.test(name)) return "day";
  const max = Number(section.getAttribute("aria-valuemax") ?? Number.NaN);
  if (max === 12) return "month";
  return max >= 28 && max <= 31 ? "day" : max > 1000 ? "year" : null;
}

/** Whether a date field takes a month and a year and has no place for a day. */
export function asksMonth(field: Element): boolean {
  if (field instanceof HTMLInputElement) return field.type === "month";
  const parts = [...field.querySelectorAll("[role=spinbutton]")].map((one) => sectionPart(one));
  return parts.includes("month") && parts.includes("year") && !parts.includes("day");
}

/** The day, or the month, that the sections of a date field show together; null unless all are set. */
export function sectionsValue(group: Element): string | null {
  const parts = { year: "", month: "", day: "" };
  let asksDay = false;
  for (const section of group.querySelectorAll("[role=spinbutton]")) {
    asksDay ||= sectionPart(section) === "day";
    const part = sectionPart(section);
    const now = section.getAttribute("aria-valuenow") ?? section.textContent ?? "";
    const isEmpty =
      section.hasAttribute("data-placeholder") && !section.hasAttribute("aria-valuenow");
    if (part !== null && !isEmpty && /^\d+$/u.test(now.trim())) parts[part] = now.trim();
  }
  const { year, month, day } = parts;
  if (year === "" || month === "") return null;
  if (!asksDay) return `${year.padStart(4, "0")}-${month.padStart(2, "0")}`;
  if (day === "") return null;
  return `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** What several inputs hold together: a day where their hints say so, else their signs in a row. */
export function segmentsValue(inputs: readonly HTMLInputElement[]): string | null {
  const joined = inputs.map(({ value }) => value).join("");
  const parts = { year: "", month: "", day: "" };
  for (const input of inputs) {
    const hint = `${input.placeholder} ${input.getAttribute("aria-label") ?? ""}`.trim();
    if (/^(y|j|a|r)|year/iu.test(hint)) parts.year = input.value;
    else if (/^m|month/iu.test(hint)) parts.month = input.value;
    else if (/^(d|t|g)|day/iu.test(hint)) parts.day = input.value;
  }
  const { year, month, day } = parts;
  const isDay = inputs.length === 3 && year.length === 4 && month !== "" && day !== "";
  if (isDay) return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return joined === "" ? null : joined;
}

/** In which order a text field writes the parts of a day: as was found out when it was filled, or as its hint says. */
export function dayOrderOf(field: Element): "dmy" | "mdy" | null {
  const noted: unknown = Reflect.get(globalThis, Symbol.for("valet.dayOrders"));
  const order: unknown = noted instanceof WeakMap ? noted.get(field) : undefined;
  if (order === "dmy" || order === "mdy") return order;
  const root = field.getRootNode();
  const scope = root instanceof ShadowRoot ? root : document;
  const described = (field.getAttribute("aria-describedby") ?? "")
    .split(/\s+/u)
    .map((id) => (id === "" ? "" : (scope.getElementById(id)?.textContent ?? "")));
  const names = ["placeholder", "data-date-format", "data-format", "title", "aria-label"];
  const labels = field instanceof HTMLInputElement ? [...(field.labels ?? [])] : [];
  const words = labels.map((label) => label.textContent ?? "");
  const hint = [...names.map((name) => field.getAttribute(name) ?? ""), ...described, ...words]
    .join(" | ")
    .slice(0, 1000);
  if (/\bm{1,2}[-/. ]{1,2}d{1,2}[-/. ]{1,2}y{2,4}\b/iu.test(hint)) return "mdy";
  return /\b[dtjg]{1,2}[-/. ]{1,2}m{1,2}[-/. ]{1,2}[yjar]{2,4}\b/iu.test(hint) ? "dmy" : null;
}

export function noteDayOrder(field: Element, order: "dmy" | "mdy"): void {
  const key = Symbol.for("valet.dayOrders");
  const known: unknown = Reflect.get(globalThis, key);
  const orders = known instanceof WeakMap ? known : new WeakMap<Element, string>();
  orders.set(field, order);
  Reflect.set(globalThis, key, orders);
}

/** The days that calendars of the page show as chosen, as their cells spell them. */
export function chosenCalendarDays(): string[] {
  const cells =
    "[aria-selected=true], [aria-pressed=true], td[class*=selected i], [class*=day][class*=selected i]";
  const names = ["title", "aria-label", "data-date", "data-day", "data-value", "datetime", "abbr"];
  return [...document.querySelectorAll(cells)].slice(0, 200).map((cell) => {
    const texts = [cell, ...cell.querySelectorAll("[aria-label], [title], time, abbr")].flatMap(
      (one) => names.map((name) => one.getAttribute(name) ?? ""),
    );
    return texts
      .filter((text) => text !== "")
      .join(" | ")
      .slice(0, 300);
  });
}
