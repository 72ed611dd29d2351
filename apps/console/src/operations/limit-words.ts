import { operationsStrings } from "../strings/operations-strings.ts";
import type { LimitPath } from "./limit-paths.ts";

const { names, groups, named } = operationsStrings.limits;

/** `each person: started a day`, `the site jobs.example.com: open at a time`; the words alone of what has no group. */
export function limitWords(path: LimitPath): string {
  const what = path.at(-1) ?? "";
  const [group = "", name] = path.length > 1 ? path : [];
  const words = names[what] ?? what;
  if (group === "") return words;
  const whose = groups[group] ?? group;
  if (path.length === 2) return `${whose}: ${words}`;
  return `${whose} ${name === "" ? named : name}: ${words}`;
}
