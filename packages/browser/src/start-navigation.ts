import { ValetError } from "@valet/contracts";
import { z } from "zod";
import type { CdpPipe } from "./create-cdp-pipe.ts";
import { openCdpConnection } from "./open-cdp-connection.ts";

/**
 * Begins loading `url` in the page the browser was started with. Returns as soon as Chromium has the
 * command; whether a document came of it is for `observeRequests` and the page to say.
 *
 * @throws ValetError `SESSION_LOST` when the browser is gone.
 */
export async function startNavigation(
  { pipe }: { readonly pipe: CdpPipe },
  url: string,
): Promise<void> {
  const { promise: firstPage, resolve: foundPage } = Promise.withResolvers<string>();
  const connection = await openCdpConnection({
    pipe,
    onEvent({ method, params }) {
      if (method !== "Target.targetCreated") return;
      const created = TargetCreated.safeParse(params);
      if (created.success) foundPage(created.data.targetInfo.targetId);
    },
  });
  // The browser answers before its first window is up, so the page is announced, not looked up.
  await connection.call("Target.setDiscoverTargets", { discover: true });
  const targetId = await Promise.race([firstPage, pipe.closed]);
  if (targetId === undefined) {
    throw new ValetError("SESSION_LOST", "The browser of this session ended while it started.");
  }
  const attached = await connection.call("Target.attachToTarget", { targetId, flatten: true });
  const { sessionId } = Attached.parse(attached);
  // Answered when the document arrives, which may be long after.
  connection
    .call("Page.navigate", { url }, sessionId)
    .catch(() => undefined)
    .finally(() => connection.close());
}

const TargetCreated = z.object({
  targetInfo: z.object({ targetId: z.string(), type: z.literal("page") }),
});

const Attached = z.object({ sessionId: z.string() });
