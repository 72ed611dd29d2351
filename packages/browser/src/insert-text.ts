import { ValetError } from "@valet/contracts";
import { z } from "zod";
import type { CdpPipe } from "./create-cdp-pipe.ts";
import { openCdpConnection } from "./open-cdp-connection.ts";

/**
 * Enters text where the cursor stands in the page that is shown, as an input method would: every script
 * and every letter arrives, unlike by keys of a display, which has only so many.
 *
 * @throws ValetError `SESSION_LOST` when the browser or its page is gone.
 */
export async function insertText(pipe: CdpPipe, text: string): Promise<void> {
  const connection = await openCdpConnection({ pipe, onEvent: () => undefined });
  try {
    const { targetInfos } = Targets.parse(await connection.call("Target.getTargets"));
    for (const { targetId } of targetInfos.filter(({ type }) => type === "page")) {
      const attached = await connection.call("Target.attachToTarget", { targetId, flatten: true });
      const { sessionId } = Attached.parse(attached);
      const shown = { expression: "document.visibilityState === 'visible'", returnByValue: true };
      const { result } = Evaluated.parse(
        await connection.call("Runtime.evaluate", shown, sessionId),
      );
      if (result.value !== true) continue;
      await connection.call("Input.insertText", { text }, sessionId);
      return;
    }
    throw new ValetError("SESSION_LOST", "This browser shows no page that text could go to.");
  } finally {
    connection.close();
  }
}

const Targets = z.object({
  targetInfos: z.array(z.object({ targetId: z.string(), type: z.string() })),
});
const Attached = z.object({ sessionId: z.string() });
const Evaluated = z.object({ result: z.object({ value: z.unknown().optional() }) });
