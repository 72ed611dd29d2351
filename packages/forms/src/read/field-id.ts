import type { RawControl } from "./raw-page.ts";

/** Ids that frameworks count up or draw at random differ between two loads of one page. */
const generatedId =
  /^[:«_]?r[:_]?\w{0,4}[:»_]$|:r\w+:|«r\w+»|_r_\w+_|^(react-select|headlessui|radix|mui|downshift|ember|ext-gen|yui|uid|input|field|jv-field)-?[_-]?[\w:]*\d|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|^\d+$/iu;

/** What names a field in every load of the same layout: its own id or name, otherwise its words. */
export function baseId(raw: RawControl, label: string): string {
  const isGroup = raw.kind === "radio-group" || raw.kind === "checkbox-group";
  const keys = isGroup ? [raw.name] : [raw.domId, raw.name];
  const stable = keys.find((key) => key !== "" && !generatedId.test(key));
  // An upload widget may put its input away once it has the file; only its label stays.
  if (stable !== undefined && raw.kind !== "file") return stable;
  const words = label
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/gu, "")
    .slice(0, 60);
  return words === "" ? (stable ?? raw.kind) : words;
}
