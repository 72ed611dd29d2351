export * from "./admit-waiting.ts";
export * from "./accept-resume.ts";
export * from "./answer-bank.ts";
export * from "./answers-in-advance.ts";
export * from "./api-keys.ts";
export * from "./approval-by-act.ts";
export * from "./arm-intent.ts";
export * from "./ask-for-parse.ts";
export * from "./browser-sessions.ts";
export * from "./claim-task.ts";
export * from "./claim-deliveries.ts";
export * from "./connect.ts";
export * from "./cool-downs.ts";
export * from "./create-task.ts";
export * from "./credentials.ts";
export * from "./event-log.ts";
export * from "./find-earlier-application.ts";
export * from "./erasures.ts";
export * from "./evidence.ts";
export type { TaskFilter } from "./filter-tasks.ts";
export * from "./form-meanings.ts";
export * from "./handovers.ts";
export * from "./form-recipes.ts";
export * from "./hibernations.ts";
export * from "./human-step-rows.ts";
export * from "./human-steps.ts";
export * from "./intents.ts";
export * from "./kept-answers.ts";
export * from "./list-runs.ts";
export * from "./list-tasks.ts";
export * from "./host-turns.ts";
export * from "./limits.ts";
export * from "./live-tasks.ts";
export * from "./login-sessions.ts";
export * from "./migrate.ts";
export * from "./model-calls.ts";
export * from "./notices.ts";
export * from "./operation-counts.ts";
export * from "./outbox.ts";
export * from "./queue-places.ts";
export * from "./person-tables.ts";
export * from "./profiles.ts";
export * from "./read-person-rows.ts";
export * from "./record-statement.ts";
export {
  type ParseTry,
  findParse,
  findParseTry,
  keepParse,
  listUnsettledParses,
  recordParseRun,
} from "./resume-parses.ts";
export * from "./resumes.ts";
export * from "./reviews.ts";
export * from "./run-due-schedule.ts";
export * from "./schedules.ts";
export * from "./session-fences.ts";
export * from "./session-hosts.ts";
export * from "./settle-delivery.ts";
export * from "./settle-parse.ts";
export * from "./standing-consents.ts";
export * from "./step-runs.ts";
export * from "./stream-tickets.ts";
export * from "./stored-files.ts";
export * from "./takeover-tickets.ts";
export * from "./task-answers.ts";
export * from "./task-pages.ts";
export * from "./task-progress.ts";
export * from "./task-row.ts";
export * from "./try-exclusively.ts";
export * from "./user-row.ts";
export * from "./users.ts";
export * from "./waiting-tasks.ts";
export * from "./webhook-deliveries.ts";
export * from "./webhooks.ts";
export * from "./withdraw-act.ts";
export { resumeNotFound } from "./write-resume.ts";
export * from "./write-task.ts";
