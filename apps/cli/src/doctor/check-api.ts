import { z } from "zod";
import { type CheckResult, broken, note, ok } from "./check-result.ts";
import { reasonOf } from "./talk-to-server.ts";

const Readiness = z.object({ waitsFor: z.array(z.string()), degraded: z.array(z.string()) });

export interface CheckApiInput {
  /** Undefined when nothing says where one would be. */
  readonly url: string | undefined;
  /** VALET_API_URL was set: then it has to be there. */
  readonly isConfigured: boolean;
}

export async function checkApi({ url, isConfigured }: CheckApiInput): Promise<CheckResult> {
  if (url === undefined) {
    return note(
      "api",
      "Valet does not run on this machine at the moment.",
      "npm run -s valet -- up",
    );
  }
  try {
    const response = await fetch(new URL("/readyz", url), { signal: AbortSignal.timeout(5_000) });
    const readiness = Readiness.safeParse(await response.json().catch(() => undefined)).data;
    return judge(url, response, readiness);
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const fix = isConfigured
      ? "Start Valet there, or correct VALET_API_URL."
      : "npm run -s valet -- up";
    return broken("api", `The API at ${url} cannot be reached (${reasonOf(cause)}).`, fix);
  }
}

function judge(
  url: string,
  response: Response,
  readiness: z.infer<typeof Readiness> | undefined,
): CheckResult {
  if (readiness === undefined) {
    return broken("api", `What answers at ${url} is not Valet.`, "Correct VALET_API_URL.");
  }
  if (!response.ok) {
    const missing = readiness.waitsFor.join("; ");
    return broken(
      "api",
      `The API at ${url} waits for: ${missing}`,
      "Mend what is named here first.",
    );
  }
  if (readiness.degraded.length > 0) {
    return note("api", `The API at ${url} works, but: ${readiness.degraded.join("; ")}`);
  }
  return ok("api", `The API at ${url} is ready.`);
}
