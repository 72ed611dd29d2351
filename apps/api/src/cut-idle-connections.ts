import type { App } from "./app-type.ts";

const lookMs = 50;

/**
 * Once the app is told to close and no request is under way, cuts what is still connected. Node by
 * itself waits over a minute for connections that are kept alive or have not asked for anything yet.
 */
export function cutIdleConnectionsOnClose(app: App): void {
  let underWay = 0;
  let looking: NodeJS.Timeout | undefined;
  app.addHook("onRequest", async (_request, reply) => {
    underWay += 1;
    reply.raw.once("close", () => void (underWay -= 1));
  });
  app.addHook("preClose", async () => {
    looking = setInterval(() => {
      if (underWay === 0) app.server.closeAllConnections();
    }, lookMs);
  });
  app.addHook("onClose", async () => clearInterval(looking));
}
