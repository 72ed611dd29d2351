import type { TestValet } from "@valet/testkit";
import { z } from "zod";

const Added = z.object({ apiKey: z.string() });

/** Somebody besides the first one, as an admin adds them. Tests only. */
export async function addPerson(
  { apiUrl, apiKey }: TestValet,
  name: string,
): Promise<z.infer<typeof Added>> {
  const response = await fetch(`${apiUrl}/admin/users`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
  return Added.parse(await response.json());
}
