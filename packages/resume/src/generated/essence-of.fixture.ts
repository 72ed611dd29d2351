interface Entry {
  readonly name?: string | undefined;
  readonly position?: string | undefined;
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
}

/** What an entry is told by. */
export function essenceOf({ name, position, startDate, endDate }: Entry) {
  return { name, position, startDate, endDate };
}
