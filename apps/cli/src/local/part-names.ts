const partNames: Readonly<Record<string, string>> = {
  postgres: "Postgres",
  redis: "Redis",
  engine: "Hatchet engine",
  "session-host": "Session host",
  worker: "Worker",
  api: "API",
  "practice-ats": "Practice sites",
};

/** A process's record name in words for people. */
export function partName(name: string): string {
  return partNames[name] ?? name;
}
