const score =
  /(?:gpa|grade point average|notendurchschnitt|abschlussnote|note|moyenne|promedio)\s*(?:of|:|–|-)?\s*(\d[\d.,]*(?:\s*\/\s*\d[\d.,]*)?)/iu;

/** How well somebody did, as `3.8` of "GPA: 3.8"; `undefined` where nothing says it. */
export function findScore(
  text: string,
): { readonly value: string; readonly text: string } | undefined {
  const match = score.exec(text);
  const value = match?.[1]?.replace(/[.,]$/u, "");
  return match === null || value === undefined ? undefined : { value, text: match[0] };
}

/** Whether a line says that and nothing else. */
export function isScore(text: string): boolean {
  const found = findScore(text);
  return found !== undefined && found.text.length > 0.8 * text.length;
}
