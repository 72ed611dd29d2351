import { z } from "zod";

/**
 * How a connection to a live browser ended, as the close code of its WebSocket; the reason beside the
 * code is the name. `session_over`: there is no browser any more · `idle`, `time_limit`: control ended
 * for want of input or after the longest time · `handed_back`: control was given back or taken on in
 * another window · `not_reading`: the viewer took nothing for too long · `not_understood`: it did not
 * speak RFB · `sent`: the person sent the application, and Valet looks what becomes of it.
 */
export const liveEndings = {
  session_over: 4000,
  idle: 4001,
  time_limit: 4002,
  handed_back: 4003,
  not_reading: 4004,
  not_understood: 4005,
  sent: 4006,
  not_allowed: 4007,
} as const;

export const LiveEnding = z.enum(Object.keys(liveEndings) as [LiveEnding, ...LiveEnding[]]); // keys of the literal above
export type LiveEnding = keyof typeof liveEndings;

/** `view`: looks on · `control`: acts, while automation is locked out. */
export const LiveMode = z.enum(["view", "control"]);
export type LiveMode = z.infer<typeof LiveMode>;
