import type { HeldUpBy, QueuePlace } from "@valet/contracts";

const reasons: Readonly<Record<HeldUpBy, string>> = {
  not_before: "its time has not come",
  cooling_down: "the site turned somebody away and is left alone",
  person_live: "as many of yours are open as may",
  person_per_minute: "as many of yours were started in this minute as may",
  person_per_day: "as many of yours were started today as may",
  platform_live: "as many are open on this system as may",
  platform_per_minute: "as many were started on this system in this minute as may",
  platform_per_day: "you have started as many on this system today as may",
  host_live: "as many are open at this site as may",
  host_per_minute: "as many were started at this site in this minute as may",
  host_spacing: "the site is spared between two applications",
  employer_per_day: "you have applied to this employer as often today as may",
  no_room: "all browsers are in use",
  awaiting: "as many applications wait for their person as may",
  turn: "others of yours come first",
};

/** `queued behind 3 (host spacing, until 14:05)`; times are the terminal's own. */
export function queueText({ behind, heldUpBy, until }: QueuePlace): string {
  const why = [
    ...(heldUpBy === null ? [] : [heldUpBy.replaceAll("_", " ")]),
    ...(until === null ? [] : [`until ${timeText(until)}`]),
  ].join(", ");
  const where = behind > 0 ? `queued behind ${behind}` : "queued";
  return why === "" ? where : `${where} (${why})`;
}

/** Why it waits, in words; undefined where it is about to be started. */
export function waitsBecause({ behind, heldUpBy, until }: QueuePlace): string | undefined {
  if (heldUpBy === null && behind === 0) return undefined;
  const where =
    behind > 0 ? `waits for its start behind ${behind} of yours` : "waits for its start";
  const end = until === null ? "" : `, until ${timeText(until)}`;
  return `${where}: ${reasons[heldUpBy ?? "turn"]}${end}`;
}

/** The time alone where it is less than a day away. */
function timeText(at: string): string {
  const time = new Date(at);
  const isSoon = Math.abs(time.getTime() - Date.now()) < 86_400_000;
  return isSoon
    ? time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
    : time.toLocaleString([], { dateStyle: "short", timeStyle: "short" });
}
