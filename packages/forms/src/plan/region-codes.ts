import { usStateOf } from "./us-states.ts";

const provinces =
  "AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon";

const provinceCodes: ReadonlyMap<string, string> = new Map(
  provinces.split(",").flatMap((row): [string, string][] => {
    const code = row.slice(0, 2);
    return [
      [code.toLowerCase(), code],
      [row.slice(3).toLowerCase(), code],
    ];
  }),
);

/** The postal code of the Canadian province a text names, by name or by code. */
export function provinceOf(text: string): string | undefined {
  const words = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const [, outer = "", inner = ""] = /^(.+?)\s*[(\-–]\s*(.+?)\)?$/u.exec(words) ?? [];
  return provinceCodes.get(words) ?? provinceCodes.get(outer) ?? provinceCodes.get(inner);
}

/** The code of a US state or a Canadian province; no code stands for one of each. */
export function regionCodeOf(text: string): string | undefined {
  return usStateOf(text) ?? provinceOf(text);
}
