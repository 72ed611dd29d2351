import type { Profile } from "@valet/contracts";

/** Languages that programs are written in; a skill or a question may name them in several ways. */
const languageNames: Readonly<Record<string, readonly string[]>> = {
  python: ["python", "python3"],
  java: ["java"],
  "c++": ["c++", "cpp"],
  "c#": ["c#", "c-sharp"],
  c: ["c"],
  javascript: ["javascript", "js"],
  typescript: ["typescript", "ts"],
  go: ["go", "golang"],
  rust: ["rust"],
  ruby: ["ruby"],
  php: ["php"],
  kotlin: ["kotlin"],
  swift: ["swift"],
  scala: ["scala"],
  r: ["r"],
  sql: ["sql"],
  matlab: ["matlab"],
  julia: ["julia"],
  haskell: ["haskell"],
  ocaml: ["ocaml"],
  perl: ["perl"],
  elixir: ["elixir"],
  erlang: ["erlang"],
  clojure: ["clojure"],
  lua: ["lua"],
  dart: ["dart"],
  cobol: ["cobol"],
  fortran: ["fortran"],
  vba: ["vba"],
  bash: ["bash", "shell"],
  solidity: ["solidity"],
  verilog: ["verilog", "systemverilog"],
  vhdl: ["vhdl"],
  assembly: ["assembly", "assembler"],
  objectivec: ["objective-c"],
  groovy: ["groovy"],
  "f#": ["f#"],
};

/** Tools and technical subjects. A profile that lists skills and none of these says it has none. */
const technicalTerms =
  "react|angular|vue|svelte|next\\.?js|node(?:\\.js|js)?|django|flask|fastapi|spring(?: boot)?|rails|laravel|\\.net|asp\\.net|graphql|grpc|kafka|rabbitmq|redis|mongodb|postgres(?:ql)?|mysql|oracle|cassandra|elasticsearch|snowflake|databricks|spark|hadoop|airflow|dbt|tableau|power ?bi|looker|aws|azure|gcp|google cloud|kubernetes|docker|terraform|ansible|jenkins|ci/cd|linux|unix|git|pytorch|tensorflow|keras|scikit-?learn|numpy|pandas|cuda|gpus?|fpgas?|asics?|verilog|embedded|firmware|rtos|kernel|compilers?|multi-?\\s?thread(?:ed|ing)?|concurrency|distributed systems|low-?level|bare[- ]metal|hardware|debuggers?|profilers?|gdb|valgrind|ghidra|ida pro|wireshark|metasploit|burp|reverse engineering|penetration testing|pen-?testing|ctfs?|capture the flag|tryhackme|hackthebox|hack the box|malware|cryptography|blockchain|smart contracts?|solidity|machine learning|deep learning|nlp|natural language processing|computer vision|reinforcement learning|llms?|large language models?|kaggle|hackathons?|olympiads?|putnam|icpc|acm|usaco|ioi|imo|math(?:s|ematics|ematical)? competitions?|programming competitions?|coding competitions?|trading competitions?|codeforces|leetcode|topcoder|unity|unreal|blender|figma|photoshop|illustrator|autocad|solidworks|catia|ansys|simulink|labview|plc|scada|sap|salesforce|hubspot|servicenow|workday|netsuite|quickbooks|jira|selenium|cypress|playwright|ios|android|flutter|react native|swiftui|jetpack compose|opengl|vulkan|ros|arduino|raspberry pi|iot|5g|sdn|bgp|tcp/ip|kdb\\+?|q/kdb|bloomberg|factset|capital iq|excel|vba|stata|spss|sas|eviews|rdbms|nosql|etl|devops|mlops|quantum|hpc|mpi|openmp|simd|verification|uvm|rtl";

const technicalPattern = new RegExp(
  `(?<![\\p{L}\\p{N}])(${technicalTerms})(?![\\p{L}\\p{N}+#])`,
  "gu",
);

const languageByName: ReadonlyMap<string, string> = new Map(
  Object.entries(languageNames).flatMap(([id, names]) =>
    names.map((name): [string, string] => [name, id]),
  ),
);

/** One-letter and common-word names count only where they stand like a name. */
const shyNames = new Set([
  "c",
  "r",
  "go",
  "swift",
  "shell",
  "assembly",
  "dart",
  "ruby",
  "js",
  "ts",
]);

/** Programming languages named in a plain text. `loose` takes also names that are words. */
export function languagesIn(text: string, loose = false): string[] {
  const found = new Set<string>();
  for (const [word] of text.matchAll(
    /(?<![\p{L}\p{N}.])[\p{L}][\p{L}\p{N}]*(?:\+\+|#|-sharp|-c\b)?(?![\p{L}\p{N}+#])/gu,
  )) {
    const id = languageByName.get(word);
    if (id !== undefined && (loose || !shyNames.has(word) || isListed(text, word))) found.add(id);
  }
  return [...found];
}

/** "R, Python" and "C/C++" name languages, "go to" does not. */
function isListed(text: string, word: string): boolean {
  return new RegExp(
    `(^|[,/(]\\s*|\\b(in|with|using|of|or|and|your) )${word}(\\s*[,/)?.]|$| (programming|language|developer|skills?|proficiency|experience|knowledge))`,
    "u",
  ).test(text);
}

/** Languages and technical subjects named in a plain text. */
export function technologiesIn(text: string): string[] {
  const terms = [...text.matchAll(technicalPattern)].map(([, term = ""]) => term);
  return [...new Set([...languagesIn(text), ...terms])];
}

/** The programming languages of the skills list, in its order, with their pointers. */
export function languageSkills({
  skills = [],
}: Profile): { id: string; name: string; ref: string }[] {
  return skills.flatMap(({ name = "", keywords = [] }, index) => {
    const ref = `/skills/${index}`;
    return [name, ...keywords].flatMap((text) => {
      const id = languageByName.get(text.trim().toLowerCase());
      return id === undefined ? [] : [{ id, name: text.trim(), ref }];
    });
  });
}

/** The language an option names and nothing else. */
export function languageOf(option: string): string | undefined {
  return languageByName.get(option.trim().toLowerCase());
}
