/** "6PM", "14:30" or "2:30 pm" as minutes after midnight. */
export function parseTime(text: string): number | undefined {
  const found = /^(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\.?$|^(\d{1,2}):(\d{2})$/iu.exec(text.trim());
  if (found === null) return undefined;
  const [, hour, minute = "0", half, plainHour, plainMinute] = found;
  if (plainHour !== undefined) return Number(plainHour) * 60 + Number(plainMinute);
  const isAfternoon = half?.toLowerCase() === "p";
  return ((Number(hour) % 12) + (isAfternoon ? 12 : 0)) * 60 + Number(minute);
}

/** The one option whose span of time holds the wanted moment, as "Evening (6:00 PM - 9:00 PM)" holds "7PM". */
export function slotWith(options: readonly string[], wanted: string): string | undefined {
  const moment = parseTime(wanted);
  if (moment === undefined) return undefined;
  const fitting = options.filter((option) => {
    const [from, to] = [
      ...option.matchAll(/\d{1,2}(?::\d{2})?\s*[ap]\.?m\.?|\d{1,2}:\d{2}/giu),
    ].map(([text]) => parseTime(text));
    return from !== undefined && to !== undefined && moment >= from && moment <= to;
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}
