/**
 * Arguments with which Chromium has no way out but the proxy at `address`: it looks up no name itself,
 * speaks no QUIC, and sends no UDP for WebRTC past the proxy (`--force-webrtc-ip-handling-policy`, as
 * often quoted, does not prevent that). Loopback addresses go through the proxy like all others.
 */
export function egressArgs(address: string): string[] {
  return [
    `--proxy-server=${address}`,
    "--proxy-bypass-list=<-loopback>",
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  ];
}
