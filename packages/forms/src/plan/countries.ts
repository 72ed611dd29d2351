import { nameIndex, namesInText } from "./names-in-text.ts";

/** ISO 3166-1 code and calling code. */
const dialTable =
  "AC247 AD376 AE971 AF93 AG1268 AI1264 AL355 AM374 AO244 AR54 AS1684 AT43 AU61 AW297 AX358 AZ994 BA387 BB1246 BD880 BE32 BF226 BG359 BH973 BI257 BJ229 BL590 BM1441 BN673 BO591 BQ599 BR55 BS1242 BT975 BW267 BY375 BZ501 CA1 CC61 CD243 CF236 CG242 CH41 CI225 CK682 CL56 CM237 CN86 CO57 CR506 CU53 CV238 CW599 CX61 CY357 CZ420 DE49 DJ253 DK45 DM1767 DO1809 DZ213 EC593 EE372 EG20 EH212 ER291 ES34 ET251 FI358 FJ679 FK500 FM691 FO298 FR33 GA241 GB44 GD1473 GE995 GF594 GG44 GH233 GI350 GL299 GM220 GN224 GP590 GQ240 GR30 GT502 GU1671 GW245 GY592 HK852 HN504 HR385 HT509 HU36 ID62 IE353 IL972 IM44 IN91 IO246 IQ964 IR98 IS354 IT39 JE44 JM1876 JO962 JP81 KE254 KG996 KH855 KI686 KM269 KN1869 KP850 KR82 KW965 KY1345 KZ7 LA856 LB961 LC1758 LI423 LK94 LR231 LS266 LT370 LU352 LV371 LY218 MA212 MC377 MD373 ME382 MF590 MG261 MH692 MK389 ML223 MM95 MN976 MO853 MP1670 MQ596 MR222 MS1664 MT356 MU230 MV960 MW265 MX52 MY60 MZ258 NA264 NC687 NE227 NF672 NG234 NI505 NL31 NO47 NP977 NR674 NU683 NZ64 OM968 PA507 PE51 PF689 PG675 PH63 PK92 PL48 PM508 PR1787 PS970 PT351 PW680 PY595 QA974 RE262 RO40 RS381 RU7 RW250 SA966 SB677 SC248 SD249 SE46 SG65 SH290 SI386 SJ47 SK421 SL232 SM378 SN221 SO252 SR597 SS211 ST239 SV503 SX1721 SY963 SZ268 TC1649 TD235 TG228 TH66 TJ992 TK690 TL670 TM993 TN216 TO676 TR90 TT1868 TV688 TW886 TZ255 UA380 UG256 US1 UY598 UZ998 VA39 VC1784 VE58 VG1284 VI1340 VN84 VU678 WF681 WS685 XK383 YE967 YT262 ZA27 ZM260 ZW263";

const dialCodes: ReadonlyMap<string, string> = new Map(
  dialTable.split(" ").map((entry) => [entry.slice(0, 2), entry.slice(2)]),
);

/** Names in use beside the English one of the Unicode tables. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  US: ["United States of America", "USA", "U.S.A.", "U.S.", "The United States", "America"],
  GB: [
    "United Kingdom of Great Britain and Northern Ireland",
    "UK",
    "U.K.",
    "Great Britain",
    "Britain",
  ],
  AE: ["UAE", "U.A.E."],
  BA: ["Bosnia and Herzegovina"],
  BO: ["Bolivia, Plurinational State of"],
  BN: ["Brunei Darussalam"],
  CD: ["Democratic Republic of the Congo", "DR Congo", "Congo, The Democratic Republic of the"],
  CG: ["Republic of the Congo", "Congo"],
  CI: ["Ivory Coast", "Côte d'Ivoire"],
  CN: ["People's Republic of China"],
  CV: ["Cabo Verde"],
  CZ: ["Czech Republic"],
  HK: ["Hong Kong"],
  IR: ["Iran, Islamic Republic of"],
  KR: ["Republic of Korea", "Korea, Republic of", "Korea (South)"],
  LA: ["Lao People's Democratic Republic"],
  MD: ["Republic of Moldova", "Moldova, Republic of"],
  MK: ["Macedonia"],
  MM: ["Burma", "Myanmar"],
  MO: ["Macao", "Macau"],
  NL: ["The Netherlands", "Holland"],
  PS: ["Palestine"],
  RU: ["Russian Federation"],
  SY: ["Syrian Arab Republic"],
  SZ: ["Swaziland"],
  TR: ["Turkey", "Türkiye", "Turkiye"],
  TW: ["Taiwan, Province of China"],
  TZ: ["Tanzania, United Republic of"],
  VE: ["Venezuela, Bolivarian Republic of"],
  VN: ["Viet Nam"],
};

/** As they stand after "in", where a language bends its names; for sentences only. */
const bentNames: Readonly<Record<string, readonly string[]>> = {
  AT: ["Austrii"],
  BE: ["Belgii"],
  CA: ["Kanadzie"],
  CH: ["Szwajcarii"],
  CZ: ["Czechach", "Tschechischen Republik"],
  DE: ["Niemczech"],
  DK: ["Danii"],
  ES: ["Hiszpanii"],
  FR: ["Francji"],
  GB: ["Wielkiej Brytanii", "Zjednoczonym Królestwie", "Vereinigten Königreich", "Grossbritannien"],
  IE: ["Irlandii"],
  IT: ["Włoszech"],
  NL: ["Niderlandach", "Holandii", "Niederlanden"],
  NO: ["Norwegii"],
  PL: ["Polsce"],
  PT: ["Portugalii"],
  SE: ["Szwecji"],
  AE: ["Vereinigten Arabischen Emiraten"],
  US: [
    "Stanach Zjednoczonych",
    "Vereinigten Staaten",
    "Verenigde Staten",
    "EE. UU.",
    "États-Unis d'Amérique",
  ],
};

/** Also a person's name, a state or a word of some language: in a sentence they name no country. */
const ambiguousInText = new Set(
  "georgia,jordan,chad,america,guinea,jersey,congo,island,indie,maurice,dominique,reunion,granada,suede,martinique,dominica,sint maarten,turks".split(
    ",",
  ),
);

const english = new Intl.DisplayNames(["en"], { type: "region" });
const foreign = ["de", "fr", "es", "pt", "it", "nl", "pl"].map(
  (language) => new Intl.DisplayNames([language], { type: "region" }),
);

/** English names last: where two languages disagree about a word, English decides. */
const codeByName: ReadonlyMap<string, string> = new Map([
  ...[...dialCodes.keys()].flatMap((code) =>
    foreign.map((names): [string, string] => [plain(names.of(code) ?? code), code]),
  ),
  ...[...dialCodes.keys()].flatMap((code) =>
    countryNames(code).map((name): [string, string] => [plain(name), code]),
  ),
]);

/** All English names of a country, the usual one first. */
export function countryNames(code: string): string[] {
  const usual = english.of(code) ?? code;
  const spelled = usual.includes("&") ? [usual.replaceAll("&", "and")] : [];
  return [...new Set([usual, ...spelled, ...(otherNames[code] ?? [])])];
}

/** The country a text names and nothing else: a name, a code, or either with a calling code. */
export function countryOf(text: string): string | undefined {
  const bare = text
    .replace(/\(?\+\s?[\d\s-]+\)?/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  const upper = bare.toUpperCase();
  if (/^[A-Z]{2}$/u.test(upper) && dialCodes.has(upper)) return upper;
  const named = codeByName.get(plain(bare));
  if (named !== undefined) return named;
  const [, outer = "", inner = ""] = /^(.*?)\s*\((.*)\)$/u.exec(bare) ?? [];
  return codeByName.get(plain(outer)) ?? codeByName.get(plain(inner));
}

export function dialCodeOf(country: string): string | undefined {
  return dialCodes.get(country);
}

/** The calling code written in a text such as "United States +1". */
export function dialCodeIn(text: string): string | undefined {
  const digits = /\+\s?(\d[\d\s-]{0,6})/u.exec(text)?.[1]?.replace(/\D/gu, "");
  return digits === undefined || digits === "" ? undefined : digits;
}

/** Countries that could own an international number, by the longest calling code that fits. */
export function countriesOfPhone(phone: string): { dial: string; countries: string[] } | undefined {
  const digits = /^\s*(\+|00)/u.test(phone) ? phone.replace(/\D/gu, "").replace(/^00/u, "") : "";
  for (let length = 4; length > 0; length -= 1) {
    const dial = digits.slice(0, length);
    const countries = [...dialCodes.keys()].filter((code) => dialCodes.get(code) === dial);
    if (digits.length > length && countries.length > 0) return { dial, countries };
  }
  return undefined;
}

const bentByName = Object.entries(bentNames).flatMap(([code, names]) =>
  names.map((name): [string, string] => [plain(name), code]),
);

const namesOfCountries = nameIndex(
  [...codeByName, ...bentByName].filter(([name]) => name.length > 3 && !ambiguousInText.has(name)),
);

/** Every country a sentence names. "US" counts only in capitals: "us" is a word. */
export function countriesIn(text: string): string[] {
  const found = new Set(namesInText(text, namesOfCountries).map(({ id }) => id));
  if (/\b(US|USA)\b|\bU\.S\.(A\.)?/u.test(text)) found.add("US");
  if (/\bUK\b|\bU\.K\./u.test(text)) found.add("GB");
  if (/\bUAE\b/u.test(text)) found.add("AE");
  return [...found];
}

function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[’]/gu, "'")
    .replace(/^the /u, "")
    .replace(/\s+/gu, " ")
    .trim();
}
