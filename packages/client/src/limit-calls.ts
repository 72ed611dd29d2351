import {
  type LimitsOverview,
  type PutLimitsBody,
  getLimitsRoute,
  putLimitsRoute,
} from "@valet/contracts";
import { type Transport, callRoute } from "./call-route.ts";

/** How many applications may run and start. */
export interface LimitCalls {
  getLimits(signal?: AbortSignal): Promise<LimitsOverview>;
  /** Each part takes the place of all that was said in it; `everybody` is for admins. */
  putLimits(body: PutLimitsBody, signal?: AbortSignal): Promise<LimitsOverview>;
}

export function limitCalls(transport: Transport): LimitCalls {
  return {
    getLimits: (signal) => callRoute(transport, getLimitsRoute, {}, signal),
    putLimits: (body, signal) => callRoute(transport, putLimitsRoute, { body }, signal),
  };
}
