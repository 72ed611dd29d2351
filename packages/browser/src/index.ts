export {
  type BrowserAttachment,
  attachToBrowser,
  explainDisconnect,
  loadPlaywright,
} from "./attach-to-browser.ts";
export type { CdpCommand, CdpEvent, CdpMessage, CdpParams, CdpReply } from "./cdp-message.ts";
export type { CdpLink, CdpLinkListener } from "./cdp-link.ts";
export { type CdpPipe, createCdpPipe } from "./create-cdp-pipe.ts";
export { disabledFeaturesArg } from "./chromium-flags.ts";
export {
  type DisplayDoor,
  type DisplayDoorInput,
  createDisplayDoor,
} from "./display/create-display-door.ts";
export {
  type DisplayClient,
  type DisplayClientInput,
  serveDisplayClient,
} from "./display/serve-display-client.ts";
export {
  type Display,
  type DisplayAccess,
  type StartDisplayInput,
  removeDisplay,
  startDisplay,
} from "./display/start-display.ts";
export {
  type DialResult,
  type Dialer,
  type EgressPolicy,
  createDialer,
} from "./egress/create-dialer.ts";
export {
  type EgressFacts,
  type EgressProxy,
  type EgressProxyInput,
  createEgressProxy,
} from "./egress/create-egress-proxy.ts";
export { type EgressTarget, readWebTarget, targetKey } from "./egress/read-target.ts";
export { type SubmitLatch, createSubmitLatch } from "./egress/create-submit-latch.ts";
export { egressArgs } from "./egress-args.ts";
export { removeProfile } from "./create-profile.ts";
export { type RelayHub, type RelayHubInput, createRelayHub } from "./create-relay-hub.ts";
export type { Relay, RelayInput } from "./create-relay.ts";
export { type BrowserProcesses, endBrowserProcesses } from "./end-browser-processes.ts";
export { type OsUser, canEnter, findOsUser } from "./find-os-user.ts";
export {
  type BrowserExit,
  type LaunchBrowserInput,
  type LaunchedBrowser,
  assertExecutable,
  decideSandbox,
  launchBrowser,
} from "./launch-browser.ts";
export {
  type ArmedSubmission,
  type GateInput,
  type RequestGate,
  type SubmitAnswer,
  createRequestGate,
} from "./gate/create-request-gate.ts";
export {
  type ApprovedForm,
  type GatePermit,
  type GateState,
  type HeldRequest,
  judgeRequest,
} from "./gate/judge-request.ts";
export { coupledTo } from "./gate/coupled-to.ts";
export type { Press } from "./gate/press.ts";
export { type EndpointRule, GatePolicy } from "./gate/gate-policy.ts";
export { insertText } from "./insert-text.ts";
export { type MeasuredBrowser, measureBrowsers } from "./measure-browsers.ts";
export { type RequestObservation, observeRequests } from "./observe-requests.ts";
export { practiceHostsArgs, practiceTrustArg, thisMachineOnlyArgs } from "./network-args.ts";
export { type CdpConnection, openCdpConnection } from "./open-cdp-connection.ts";
export { type FirstPage, openFirstPage } from "./open-first-page.ts";
export { type ProcessFacts, findProcess } from "./process-facts.ts";
export { DocumentRecord, RequestRecord } from "./request-record.ts";
export {
  type SessionHostClient,
  type SessionHostClientInput,
  createSessionHostClient,
} from "./session-host-client.ts";
export {
  AttachSessionInput,
  CloseByTaskQuery,
  CloseSessionQuery,
  CommandGateInput,
  ControlGrant,
  CreateSessionInput,
  CreatedSession,
  DetachSessionInput,
  GateCommand,
  GateAnswer,
  GateView,
  OpenDisplayQuery,
  PooledBrowser,
  PressGrant,
  ReadPressInput,
  ReleaseControlInput,
  SessionGrant,
  SessionList,
  SessionParams,
  SessionState,
  SessionView,
  TakeControlInput,
  TypeTextInput,
} from "./session-host-protocol.ts";
export { type Screenshot, takeScreenshot } from "./take-screenshot.ts";
export { trustCertificateAuthority } from "./trust-certificate-authority.ts";
export { waitForDocument } from "./wait-for-document.ts";
export { type TargetWatch, type WatchedTarget, watchTargets } from "./watch-targets.ts";
