import { z } from "zod";
import {
  AnswersBody,
  Approval,
  ApproveBody,
  HumanStepDoneBody,
  Resolution,
  ResolveBody,
  TaskDetail,
} from "../task.ts";
import { type Route, TaskParams, problems, keyHeaders } from "./route.ts";

export const approveTaskRoute = {
  method: "POST",
  url: "/tasks/:id/approve",
  access: "approve",
  keepsAnswer: true,
  schema: {
    summary: "Approve exactly what was shown, optionally with corrections",
    tags: ["tasks"],
    headers: keyHeaders,
    params: TaskParams,
    body: ApproveBody,
    response: { 200: Approval, ...problems },
  },
} as const satisfies Route;

export const captchaSolvedRoute = {
  method: "POST",
  url: "/tasks/:id/captcha-solved",
  access: "approve",
  keepsAnswer: true,
  schema: {
    summary: "Say that the captcha is solved; the page is looked at again, not believed",
    tags: ["tasks"],
    headers: keyHeaders,
    params: TaskParams,
    response: { 200: TaskDetail, ...problems },
  },
} as const satisfies Route;

export const humanStepDoneRoute = {
  method: "POST",
  url: "/tasks/:id/human-steps/:stepId/done",
  access: "approve",
  keepsAnswer: true,
  schema: {
    summary: "Say that what a person was needed for is done, with the code where one was asked for",
    tags: ["tasks"],
    headers: keyHeaders,
    params: z.object({ id: z.string(), stepId: z.string() }),
    body: HumanStepDoneBody,
    response: { 200: TaskDetail, ...problems },
  },
} as const satisfies Route;

export const answerQuestionsRoute = {
  method: "POST",
  url: "/tasks/:id/answers",
  access: "approve",
  keepsAnswer: true,
  schema: {
    summary: "Answer what the form asks and nobody has stored",
    tags: ["tasks"],
    headers: keyHeaders,
    params: TaskParams,
    body: AnswersBody,
    response: { 200: TaskDetail, ...problems },
  },
} as const satisfies Route;

export const resolveTaskRoute = {
  method: "POST",
  url: "/tasks/:id/resolve",
  access: "approve",
  keepsAnswer: true,
  schema: {
    summary:
      "Say what became of an application whose outcome is unknown, or have it sent once more",
    tags: ["tasks"],
    headers: keyHeaders,
    params: TaskParams,
    body: ResolveBody,
    response: { 200: Resolution, ...problems },
  },
} as const satisfies Route;
