import { isValetError } from "@valet/contracts";
import { MutationCache, QueryCache, QueryClient, notifyManager } from "@tanstack/react-query";

// Told a task later, a form that has saved and closes shows for a moment what was there before.
notifyManager.setScheduler(queueMicrotask);

/** `onSignedOut` is told whenever the server no longer knows who asks. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isValetError(error, "UNAUTHORIZED")) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Events say when something has changed.
        staleTime: 30_000,
        // What the server refuses stays refused; a connection comes back.
        retry: (failures, error) => mayMend(error) && failures < 5,
        retryDelay: (failures) => Math.min(4_000, 250 * 2 ** failures),
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}

function mayMend(error: unknown): boolean {
  return !isValetError(error) || error.kind !== "user";
}
