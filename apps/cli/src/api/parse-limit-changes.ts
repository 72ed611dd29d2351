import { type LimitsOverview, PutLimitsBody } from "@valet/contracts";
import { usageError } from "../describe-error.ts";

/** What is said now, which changes are made to. */
export type SaidLimits = Pick<LimitsOverview, "own" | "saidByAdmin">;

type Group = Record<string, unknown>;

const named = new Set(["platforms", "hosts", "employers"]);

/**
 * `live=2 perDay=40 timeZone=Europe/Oslo everybody.host.spacingSeconds=5
 * everybody.platforms.greenhouse.perDay=30`: all else stays as it is, and nothing behind `=` takes a limit away.
 */
export function parseLimitChanges(texts: readonly string[], said: SaidLimits): PutLimitsBody {
  const body: { own?: Group; timeZone?: string; everybody?: Group } = {};
  for (const text of texts) {
    const at = text.indexOf("=");
    if (at < 1) throw usageError(`A limit is KEY=VALUE, such as live=2. Nothing was changed.`);
    const [key, value] = [text.slice(0, at), text.slice(at + 1)];
    const path = pathOf(key);
    if (path[0] === "timeZone") body.timeZone = value;
    else if (path[0] === "everybody") {
      body.everybody ??= structuredClone(said.saidByAdmin);
      change(body.everybody, path.slice(1), value);
    } else {
      body.own ??= { ...said.own };
      change(body.own, path, value);
    }
  }
  const parsed = PutLimitsBody.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.filter((part) => part !== "own").join(".") ?? "";
  throw usageError(`${where} ${issue?.message ?? "is not valid"}. Nothing was changed.`.trim());
}

/** Names of hosts have dots themselves. */
function pathOf(key: string): readonly string[] {
  const [first = "", group = "", ...rest] = key.split(".");
  if (first !== "everybody" || !named.has(group)) return key.split(".");
  return [first, group, rest.slice(0, -1).join("."), rest.at(-1) ?? ""];
}

function change(group: Group, [key = "", ...rest]: readonly string[], value: string): void {
  if (rest.length > 0) {
    const inner = group[key];
    const below: Group = typeof inner === "object" && inner !== null ? { ...inner } : {};
    change(below, rest, value);
    group[key] = below;
  } else if (value === "") delete group[key];
  else group[key] = Number(value);
}
