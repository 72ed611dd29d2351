import { Profile, getProfileRoute, isValetError, putProfileRoute } from "@valet/contracts";
import { type Transport, callRoute, request } from "./call-route.ts";

/** What the caller says of themselves. */
export interface ProfileCalls {
  getProfile(signal?: AbortSignal): Promise<Profile>;
  /** In the place of all that is stored, whatever that is by now. */
  putProfile(profile: Profile, signal?: AbortSignal): Promise<Profile>;
  /**
   * Stores what `change` makes of the profile as it is. Where somebody else changed it in between, `change` is
   * called again with theirs, so that neither is lost.
   */
  changeProfile(change: (profile: Profile) => Profile, signal?: AbortSignal): Promise<Profile>;
}

/** Of people at several windows one is always first; so many times in a row nobody comes second. */
const mostTries = 10;

export function profileCalls(transport: Transport): ProfileCalls {
  const put = (body: Profile, ifMatch: string | undefined, signal: AbortSignal | undefined) =>
    callRoute(transport, putProfileRoute, { body, headers: { "if-match": ifMatch } }, signal);
  return {
    getProfile: (signal) => callRoute(transport, getProfileRoute, {}, signal),
    putProfile: (profile, signal) => put(profile, undefined, signal),
    async changeProfile(change, signal) {
      for (let tried = 1; ; tried += 1) {
        const response = await request(transport, getProfileRoute, {}, signal);
        const profile = Profile.parse(await response.json());
        try {
          return await put(change(profile), response.headers.get("etag") ?? undefined, signal);
        } catch (error) {
          if (!isValetError(error, "STALE_PROFILE") || tried === mostTries) throw error;
        }
      }
    },
  };
}
