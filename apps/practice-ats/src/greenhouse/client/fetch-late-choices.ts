import type { Choice } from "../../form-field.ts";

/** The server takes a moment for this; an empty list when it does not answer. */
export async function fetchLateChoices(path: string, field: string): Promise<readonly Choice[]> {
  try {
    const separator = path.includes("?") ? "&" : "?";
    const response = await fetch(`${path}${separator}field=${encodeURIComponent(field)}`);
    // Boundary: our own server's list.
    return (await response.json()) as readonly Choice[];
  } catch {
    return [];
  }
}
