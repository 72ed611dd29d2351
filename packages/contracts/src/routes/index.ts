export * from "./admin.ts";
export * from "./events.ts";
export * from "./human.ts";
export * from "./live.ts";
export * from "./profile.ts";
export * from "./resumes.ts";
export * from "./runs.ts";
export * from "./tasks.ts";
export { type Route, Scope } from "./route.ts";
