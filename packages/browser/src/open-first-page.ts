import { ValetError } from "@valet/contracts";
import { z } from "zod";
import type { CdpPipe } from "./create-cdp-pipe.ts";
import { openCdpConnection } from "./open-cdp-connection.ts";

/** The page that a browser was started with, ready to be sent somewhere once. */
export interface FirstPage {
  /**
   * Begins loading `url`, or leaves the page empty for `about:blank`. Chromium has the command when
   * this returns; whether a document came of it is for `observeRequests` and the page to say.
   */
  navigate(url: string): void;
}

/** @throws ValetError `SESSION_LOST` when the browser is gone. */
export async function openFirstPage({ pipe }: { readonly pipe: CdpPipe }): Promise<FirstPage> {
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
  await connection.call("Target.setDiscoverTargets", { discover: false });
  const attached = await connection.call("Target.attachToTarget", { targetId, flatten: true });
  const { sessionId } = Attached.parse(attached);
  return {
    navigate(url) {
      if (url === "about:blank") {
        connection.close();
        return;
      }
      // Answered when the document arrives, which may be long after.
      connection
        .call("Page.navigate", { url }, sessionId)
        .catch(() => undefined)
        .finally(() => connection.close());
    },
  };
}

const TargetCreated = z.object({
  targetInfo: z.object({ targetId: z.string(), type: z.literal("page") }),
});

const Attached = z.object({ sessionId: z.string() });
