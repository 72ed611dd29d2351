/**
 * Everything an application goes through from its review to its outcome, in the order in which it does. A
 * crash point stands before each effect in these files, so a file that joins the way is named here.
 */
export const guardedModules: readonly string[] = [
  // The step and its surroundings.
  "apps/worker/src/engine/run-step.ts",
  "apps/worker/src/engine/run-child.ts",
  // The page, wherever it is now.
  "apps/worker/src/live-sessions.ts",
  "apps/session-host/src/create-session-registry.ts",
  "apps/session-host/src/create-session-records.ts",
  "packages/db/src/session-fences.ts",
  "packages/db/src/browser-sessions.ts",
  "apps/worker/src/restore/on-page.ts",
  "apps/worker/src/restore/restore-session.ts",
  "apps/worker/src/restore/build-application.ts",
  "apps/worker/src/restore/rebuild-pages.ts",
  "apps/worker/src/steps/lease-session.ts",
  // The review.
  "apps/worker/src/steps/upload-resume.ts",
  "apps/worker/src/session-gate.ts",
  "apps/worker/src/evidence/keep-evidence.ts",
  "packages/db/src/task-pages.ts",
  "packages/db/src/write-task.ts",
  "packages/db/src/intents.ts",
  "packages/db/src/reviews.ts",
  "packages/db/src/human-steps.ts",
  "packages/db/src/standing-consents.ts",
  // The approval and how the run hears of it.
  "apps/api/src/routes/task-routes.ts",
  "packages/db/src/outbox.ts",
  "apps/api/src/outbox-relay.ts",
  "apps/worker/src/workflows/submit-body.ts",
  // The one click.
  "apps/worker/src/steps/dispatch.ts",
  "apps/worker/src/steps/arm-in-turn.ts",
  "packages/db/src/host-turns.ts",
  "packages/db/src/arm-intent.ts",
  "apps/worker/src/steps/send-once.ts",
  "apps/worker/src/steps/close-epoch.ts",
  "apps/worker/src/steps/approve-anew.ts",
  "apps/worker/src/steps/settle-human-step.ts",
  "apps/worker/src/steps/stop-at-wall.ts",
  "packages/browser/src/gate/create-request-gate.ts",
  // What became of it.
  "apps/worker/src/steps/attach-to-judge.ts",
  "apps/worker/src/steps/verify.ts",
  "apps/worker/src/steps/record-judgement.ts",
  "apps/worker/src/steps/end-application.ts",
  "packages/db/src/task-progress.ts",
  "apps/worker/src/steps/on-failure.ts",
  "apps/worker/src/steps/start-anew.ts",
  "apps/api/src/reconciler.ts",
  "apps/api/src/cancel-task.ts",
  "apps/api/src/retry-task.ts",
  "apps/api/src/accept-task.ts",
  "packages/db/src/create-task.ts",
  "packages/db/src/record-statement.ts",
];
