const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `now`, `4 min`, `3 h`, `2 d`: how long ago. */
export function agoWords(at: string, now: number): string {
  const ms = now - Date.parse(at);
  if (ms < minute) return "now";
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} d`;
}

/** `23 h 59 min`, `4 min 10 s`, `9 s`: what is left, never less than nothing. */
export function leftWords(until: string, now: number): string {
  const left = Math.max(0, Date.parse(until) - now);
  const s = Math.floor(left / 1_000) % 60;
  const min = Math.floor(left / minute) % 60;
  const h = Math.floor(left / hour);
  if (h > 0) return `${h} h ${min} min`;
  return min > 0 ? `${min} min ${s} s` : `${s} s`;
}

/** `120 ms`, `4.5 s`, `42 s`, `2 min 5 s`. */
export function tookWords(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < minute) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const min = Math.floor(ms / minute);
  return min < 60
    ? `${min} min ${Math.floor((ms % minute) / 1_000)} s`
    : `${Math.floor(min / 60)} h ${min % 60} min`;
}

/** In the reader's own way, with the day where it is not today. */
export function clockWords(at: string, now: number): string {
  const time = new Date(at);
  const isToday = time.toDateString() === new Date(now).toDateString();
  return isToday
    ? time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    : time.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}
