import { type HatchetClient, StickyStrategy } from "@hatchet-dev/typescript-sdk";
import {
  JobApplicationInput,
  applicationRunKey,
  engineEvents,
  workflowNames,
} from "@valet/contracts";
import type { WorkerDeps } from "../deps.ts";
import { runMetadata } from "../engine/run-metadata.ts";
import { runStep, runInputOf } from "../engine/run-step.ts";
import { startCaps } from "../engine/start-caps.ts";
import { extendWhileProgressing } from "../engine/extend-while-progressing.ts";
import { keepInMemory } from "../engine/keep-in-memory.ts";
import { parseInput } from "../engine/parse-input.ts";
import { toHatchetError } from "../engine/to-hatchet-error.ts";
import { analyzeForm } from "../steps/analyze-form.ts";
import { fillFields } from "../steps/fill-fields.ts";
import { onFailure } from "../steps/on-failure.ts";
import { startBrowser } from "../steps/start-browser.ts";
import {
  AnalyzeFormOutput,
  CheckCaptchaOutput,
  FillFieldsOutput,
  Passed,
  StartBrowserOutput,
  SubmitOutput,
  UploadResumeOutput,
  isPassed,
  isStopped,
} from "../steps/step-result.ts";
import { uploadResume } from "../steps/upload-resume.ts";
import { verify } from "../steps/verify.ts";
import { checkCaptchaBody } from "./check-captcha-body.ts";
import type { createContinueApplication } from "./continue-application.ts";
import type { createDispatch } from "./dispatch.ts";
import { durablePort } from "./durable-port.ts";
import type { FillPageTasks } from "./fill-page.ts";
import { fillPageAsChild } from "./fill-page-as-child.ts";
import { submitBody } from "./submit-body.ts";

const backoff = { factor: 2, maxSeconds: 60 } as const;

/** Time limits and retries of every step, as in design §4. `retries` do not count lost workers. */
const stepOptions = {
  "start-browser": { executionTimeout: "120s", scheduleTimeout: "5m", retries: 2, backoff },
  "analyze-form": { executionTimeout: "60s", scheduleTimeout: "5m", retries: 2, backoff },
  "fill-fields": { executionTimeout: "300s", scheduleTimeout: "5m", retries: 1, backoff },
  "upload-resume": { executionTimeout: "60s", scheduleTimeout: "5m", retries: 2, backoff },
  "check-captcha": { executionTimeout: "25h", scheduleTimeout: "5m", retries: 3, backoff },
  submit: { executionTimeout: "25h", scheduleTimeout: "5m", retries: 3, backoff },
  verify: { executionTimeout: "30s", scheduleTimeout: "5m", retries: 3, backoff },
} as const;

/** `fill-fields` may be extended up to this while its pages get on. */
const fillLimitMs = 15 * 60_000;

interface Children {
  readonly fillPage: FillPageTasks;
  readonly dispatch: ReturnType<typeof createDispatch>;
  readonly continueApplication: ReturnType<typeof createContinueApplication>;
}

/** The application's seven steps: names, order and kinds are a contract (design §4). */
export function createJobApplication(hatchet: HatchetClient, deps: WorkerDeps, children: Children) {
  const workflow = hatchet.workflow({
    name: workflowNames.jobApplication,
    description: "One application, from opening the job to the proof of its arrival",
    sticky: StickyStrategy.SOFT,
    onEvents: [engineEvents.taskCreated],
    inputValidator: JobApplicationInput,
    idempotency: applicationRunKey,
  });

  const startBrowserTask = workflow.task({
    name: "start-browser",
    ...stepOptions["start-browser"],
    rateLimits: startCaps(hatchet),
    fn: (_, ctx) =>
      runStep(deps, {
        name: "start-browser",
        ctx,
        body: (input, signal) => startBrowser(deps, input, signal),
      }),
  });

  const analyzeFormTask = workflow.task({
    name: "analyze-form",
    ...stepOptions["analyze-form"],
    parents: [startBrowserTask],
    fn: async (_, ctx) => {
      const parent = parseInput(
        StartBrowserOutput.or(Passed),
        await ctx.parentOutput(startBrowserTask),
      );
      if (isPassed(parent)) return parent;
      return runStep(deps, {
        name: "analyze-form",
        ctx,
        body: (input, signal) => analyzeForm(deps, input, signal),
      });
    },
  });

  const fillFieldsTask = workflow.task({
    name: "fill-fields",
    ...stepOptions["fill-fields"],
    parents: [analyzeFormTask],
    fn: async (_, ctx) => {
      const parent = parseInput(
        AnalyzeFormOutput.or(Passed),
        await ctx.parentOutput(analyzeFormTask),
      );
      if (isPassed(parent)) return parent;
      const extension = extendWhileProgressing(
        { refreshTimeout: (by) => ctx.refreshTimeout(by), now: () => performance.now() },
        { limitMs: fillLimitMs },
      );
      return runStep(deps, {
        name: "fill-fields",
        ctx,
        body: (input, signal) =>
          fillFields(
            deps,
            {
              ...input,
              ...extension,
              disagreements: parent.disagreements,
              runFillPage: fillPageAsChild(deps, {
                ctx,
                fillPage: children.fillPage,
                additionalMetadata: runMetadata(input.job),
              }),
            },
            signal,
          ),
      });
    },
  });

  const uploadResumeTask = workflow.task({
    name: "upload-resume",
    ...stepOptions["upload-resume"],
    parents: [fillFieldsTask],
    fn: async (_, ctx) => {
      const parent = parseInput(
        FillFieldsOutput.or(Passed),
        await ctx.parentOutput(fillFieldsTask),
      );
      if (isPassed(parent)) return parent;
      return runStep(deps, {
        name: "upload-resume",
        ctx,
        body: (input, signal) =>
          uploadResume(deps, { ...input, disagreements: parent.disagreements }, signal),
      });
    },
  });

  const checkCaptchaTask = workflow.durableTask({
    name: "check-captcha",
    ...stepOptions["check-captcha"],
    parents: [uploadResumeTask],
    fn: async (_, ctx) => {
      const parent = parseInput(
        UploadResumeOutput.or(Passed),
        await ctx.parentOutput(uploadResumeTask),
      );
      if (isPassed(parent) && !isStopped(parent)) return parent;
      return runStep(deps, {
        name: "check-captcha",
        ctx,
        body: ({ job, runId }) =>
          checkCaptchaBody(durablePort(ctx, deps.inFlight), {
            job,
            runId,
            came: parent,
            continueApplication: children.continueApplication.name,
          }),
      });
    },
  });
  keepInMemory(checkCaptchaTask);

  const submitTask = workflow.durableTask({
    name: "submit",
    ...stepOptions.submit,
    parents: [checkCaptchaTask],
    fn: async (_, ctx) => {
      const parent = parseInput(
        CheckCaptchaOutput.or(Passed),
        await ctx.parentOutput(checkCaptchaTask),
      );
      if (isPassed(parent)) return parent;
      return runStep(deps, {
        name: "submit",
        ctx,
        endMessage: (result) => ("dispatched" in result ? "Sent" : "Nothing was sent"),
        body: ({ job, runId }) =>
          submitBody(durablePort(ctx, deps.inFlight), {
            job,
            runId,
            review: parent,
            dispatch: children.dispatch.name,
          }),
      });
    },
  });
  keepInMemory(submitTask);

  workflow.task({
    name: "verify",
    ...stepOptions.verify,
    parents: [submitTask],
    fn: async (_, ctx) => {
      const parent = parseInput(SubmitOutput.or(Passed), await ctx.parentOutput(submitTask));
      if (isPassed(parent) && !("sent" in parent)) return parent;
      return runStep(deps, {
        name: "verify",
        ctx,
        body: (input, signal) => verify(deps, { ...input, submitted: parent }, signal),
      });
    },
  });

  workflow.onFailure({
    executionTimeout: "60s",
    retries: 3,
    backoff,
    fn: async (_, ctx) => {
      try {
        return await onFailure(
          deps,
          { ...runInputOf(ctx), errors: ctx.errors() },
          ctx.abortController.signal,
        );
      } catch (error) {
        throw toHatchetError(error);
      }
    },
  });

  return workflow;
}
