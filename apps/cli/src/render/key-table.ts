import type { ApiKey } from "@valet/contracts";
import type { Colors } from "../output.ts";
import { columnTable } from "./column-table.ts";
import { printableText } from "./printable-text.ts";

export interface KeyTableInput {
  readonly apiKeys: readonly ApiKey[];
  readonly colors: Colors;
}

/** Keys, newest first, one a line. */
export function keyTable({ apiKeys, colors }: KeyTableInput): string {
  const titles = ["id", "name", "begins", "may", "good until", "last used"];
  const head = titles.map((title) => colors.dim(title));
  const rows = apiKeys.map((key) => [
    key.id,
    printableText(key.name),
    key.hint === null ? "–" : `valet_${key.hint}…`,
    key.scopes.join(" "),
    endText(key, colors),
    key.lastUsedAt === null ? "–" : minuteText(key.lastUsedAt),
  ]);
  return columnTable([head, ...rows]);
}

function endText({ revokedAt, expiresAt }: ApiKey, colors: Colors): string {
  if (revokedAt !== null) return colors.red("revoked");
  if (expiresAt === null) return "–";
  const text = minuteText(expiresAt);
  return Date.parse(expiresAt) > Date.now() ? text : colors.red(text);
}

/** `2026-01-31 12:00Z`. */
function minuteText(at: string): string {
  return `${at.slice(0, 16).replace("T", " ")}Z`;
}
