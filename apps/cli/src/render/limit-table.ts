import type { LimitsOverview } from "@valet/contracts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";
import { printableText } from "./printable-text.ts";

export interface LimitTableInput {
  readonly limits: LimitsOverview;
  readonly colors: Colors;
}

/** What the person is kept to and has of it, what else everybody is kept to, and which sites are left alone. */
export function limitTable({ limits, colors }: LimitTableInput): string {
  const { effective, own, usage, everybody, timeZone, coolDowns } = limits;
  const head = ["yours", "limit", "now", ""].map((title) => colors.dim(title));
  const rows = [
    ["open at a time", effective.live, usage.live, remark(own.live, effective.live)],
    ["a minute", effective.perMinute, usage.lastMinute, remark(own.perMinute, effective.perMinute)],
    [`a day (${timeZone})`, effective.perDay, usage.today, remark(own.perDay, effective.perDay)],
  ].map((row) => row.map(String));
  const { user: _user, ...rest } = everybody;
  const others = flat(rest).map(([key, value]) => [printableText(key), String(value)]);
  const heads = ["everybody", "limit"].map((title) => colors.dim(title));
  const left = coolDowns.map(({ host, until }) =>
    colors.yellow(
      `${printableText(host)} turned somebody away and is left alone until ${new Date(until).toLocaleString()}.`,
    ),
  );
  return [columnTable([head, ...rows]), "", columnTable([heads, ...others]), ...left].join("\n");
}

function remark(own: number | undefined, effective: number): string {
  if (own === undefined) return "";
  return own > effective ? `your own ${own} has no effect: everybody has ${effective}` : "your own";
}

/** `host.spacingSeconds`, as `valet limits set` takes it behind `everybody.`. */
function flat(group: object): [key: string, value: number][] {
  return Object.entries(group).flatMap(([key, value]: [string, unknown]): [string, number][] => {
    if (typeof value === "number") return [[key, value]];
    if (typeof value !== "object" || value === null) return [];
    return flat(value).map(([below, limit]) => [`${key}.${below}`, limit]);
  });
}
