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

/**
 * What the WebSocket of a live browser speaks, the first of these that is offered. `valet.live.1`: RFB in
 * binary messages, and between them `LiveMessage` in text messages · `binary`: RFB alone, as any viewer has it.
 */
export const LiveProtocol = z.enum(["valet.live.1", "binary"]);
export type LiveProtocol = z.infer<typeof LiveProtocol>;

/** The best first. */
export function liveProtocolsIn(offered: ReadonlySet<string>): LiveProtocol[] {
  return LiveProtocol.options.filter((protocol) => offered.has(protocol));
}

/** What a viewer is told beside the picture: as it comes, and with every change. */
export const LiveMessage = z.object({
  type: z.literal("control"),
  /** Since when a window has control; `null`: none has. */
  since: z.iso.datetime().nullable(),
});
export type LiveMessage = z.infer<typeof LiveMessage>;

/** `view`: looks on · `control`: acts, while automation is locked out. */
export const LiveMode = z.enum(["view", "control"]);
export type LiveMode = z.infer<typeof LiveMode>;
