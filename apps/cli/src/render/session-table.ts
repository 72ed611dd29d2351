import type { SessionOverview } from "@valet/contracts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";
import { formatDuration } from "./format-duration.ts";
import { printableText } from "./printable-text.ts";

export interface SessionTableInput {
  readonly overview: SessionOverview;
  readonly colors: Colors;
}

/** A host that lives says so every 2 s. */
const silenceWorthMentioningMs = 10_000;

/** Live browsers, oldest first, then what each host has waiting. */
export function sessionTable({ overview, colors }: SessionTableInput): string {
  const { hosts, sessions } = overview;
  if (hosts.length === 0) return "No session host runs. `valet up` starts one.";
  const titles = ["task", "state", "age", "memory", "fence", "driven by", "host"];
  const head = titles.map((title) => colors.dim(title));
  const rows = sessions.map((session) => [
    session.taskId,
    session.taskState.replaceAll("_", " "),
    formatDuration(session.ageMs),
    memoryText(session.memoryBytes ?? undefined),
    String(session.fence),
    ownerText(session),
    session.hostUrl,
  ]);
  const table =
    rows.length === 0 ? "No browser serves an application." : columnTable([head, ...rows]);
  return [table, "", ...hosts.map((host) => hostLine(host, colors))].join("\n");
}

function ownerText({ owner, leased }: SessionOverview["sessions"][number]): string {
  if (owner === null) return "–";
  return leased ? printableText(owner) : `${printableText(owner)} (away)`;
}

function hostLine(host: SessionOverview["hosts"][number], colors: Colors): string {
  const { url, pool, memory, silentForMs } = host;
  const ages = pool.map(({ ageMs, memoryBytes }) => {
    return `${formatDuration(ageMs)} old, ${memoryText(memoryBytes)}`;
  });
  const waiting =
    pool.length === 0 ? "none waiting" : `${pool.length} waiting (${ages.join("; ")})`;
  const used = `${memoryText(memory.usedBytes)} of ${memoryText(memory.budgetBytes)}`;
  const line = `${url}: ${waiting}, memory ${used}`;
  if (silentForMs < silenceWorthMentioningMs) return line;
  return colors.yellow(`${line}, silent for ${formatDuration(silentForMs)}`);
}

function memoryText(bytes: number | undefined): string {
  return bytes === undefined ? "–" : `${Math.round(bytes / 1024 / 1024)} MB`;
}
