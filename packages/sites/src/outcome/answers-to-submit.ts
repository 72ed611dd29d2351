import type { SiteAdapter } from "../site-adapter.ts";

/** A request as the browser saw it; the address without query and fragment. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
}

/**
 * Of the requests since the click those whose answers tell whether the application was taken. Where the
 * site's own submit request is known and was seen, what else a page sends says nothing of it.
 */
export function answersToSubmit<Request extends SentRequest>(
  { outcome }: SiteAdapter,
  requests: readonly Request[],
): readonly Request[] {
  const { submit } = outcome ?? {};
  if (submit === undefined) return requests;
  const own = requests.filter(
    ({ method, url }) => method === submit.method && submit.address.test(url),
  );
  return own.length > 0 ? own : requests;
}
