/** The seed behind a job's number, as the sites number their jobs: 7000012 is seed 12. */
export function seedOfNumber(text: string): number | undefined {
  const number = /^7\d{6}$/.test(text) ? Number(text) - 7_000_000 : undefined;
  return number;
}

export function numberOfSeed(seed: number): string {
  return String(7_000_000 + seed);
}

const uuidStart = "5eed0000-0000-4000-8000-";

/** The seed behind a job's UUID. */
export function seedOfUuid(text: string): number | undefined {
  const lower = text.toLowerCase();
  if (!lower.startsWith(uuidStart) || !/^[\da-f]{12}$/.test(lower.slice(uuidStart.length))) {
    return undefined;
  }
  const seed = Number.parseInt(lower.slice(uuidStart.length), 16);
  return seed < 1_000_000 ? seed : undefined;
}

export function uuidOfSeed(seed: number): string {
  return `${uuidStart}${seed.toString(16).padStart(12, "0")}`;
}
