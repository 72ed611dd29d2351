import { ValetError } from "@valet/contracts";
import { whyNotListening } from "./why-not-listening.ts";

const limitMs = 2_000;

/** Throws `ENGINE_UNAVAILABLE`, naming the address and the reason, when nothing listens there. */
export async function assertEngineListening(address: string): Promise<void> {
  const reason = await whyNotListening(address, limitMs);
  if (reason === undefined) return;
  throw new ValetError(
    "ENGINE_UNAVAILABLE",
    `The Hatchet engine does not answer at ${address} (${reason}). Check that it runs and that HATCHET_CLIENT_HOST_PORT is right.`,
    { address, reason },
  );
}
