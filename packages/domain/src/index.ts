export * from "./canonical-snapshot.ts";
export * from "./intent-machine.ts";
export * from "./job-identity.ts";
export * from "./judge-dispatch.ts";
export * from "./judge-failure.ts";
export * from "./network-policy.ts";
export * from "./reconcile-rule.ts";
export * from "./task-machine.ts";
