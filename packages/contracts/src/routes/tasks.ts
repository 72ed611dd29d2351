import { z } from "zod";
import { CreateTaskBody, ListedTask, Task, TaskDetail } from "../task.ts";
import { type Route, TaskParams, keyHeaders, problems } from "./route.ts";
import { TaskFilters, taskPage } from "./task-filters.ts";

export const createTaskRoute = {
  method: "POST",
  url: "/tasks",
  access: "apply",
  schema: {
    summary: "Start an application",
    tags: ["tasks"],
    headers: keyHeaders,
    body: CreateTaskBody,
    response: { 201: Task, 200: Task, ...problems },
  },
} as const satisfies Route;

export const listTasksRoute = {
  method: "GET",
  url: "/tasks",
  access: "read",
  schema: {
    summary: "List applications, newest first",
    tags: ["tasks"],
    querystring: TaskFilters.extend(taskPage),
    response: {
      200: z.object({ tasks: z.array(ListedTask), nextCursor: z.string().nullable() }),
      ...problems,
    },
  },
} as const satisfies Route;

export const getTaskRoute = {
  method: "GET",
  url: "/tasks/:id",
  access: "read",
  schema: {
    summary: "One application with its fields and what it waits for",
    tags: ["tasks"],
    params: TaskParams,
    response: { 200: TaskDetail, ...problems },
  },
} as const satisfies Route;

export const cancelTaskRoute = {
  method: "POST",
  url: "/tasks/:id/cancel",
  access: "apply",
  keepsAnswer: true,
  schema: {
    summary: "Stop an application that has not been submitted",
    tags: ["tasks"],
    headers: keyHeaders,
    params: TaskParams,
    response: { 200: Task, ...problems },
  },
} as const satisfies Route;

export const retryTaskRoute = {
  method: "POST",
  url: "/tasks/:id/retry",
  access: "apply",
  keepsAnswer: true,
  schema: {
    summary: "Start an application once more of which nothing can have arrived; gives the new one",
    tags: ["tasks"],
    headers: keyHeaders,
    params: TaskParams,
    response: { 201: Task, ...problems },
  },
} as const satisfies Route;

export const getEvidenceRoute = {
  method: "GET",
  url: "/tasks/:id/evidence",
  access: "read",
  schema: {
    summary: "All proof of an application: screenshots, snapshot and receipt, as a zip",
    tags: ["tasks"],
    params: TaskParams,
    response: {
      200: z.unknown().describe("application/zip, with the SHA-256 of each file in manifest.json"),
      ...problems,
    },
  },
} as const satisfies Route;

export const getPictureRoute = {
  method: "GET",
  url: "/tasks/:id/pictures/:name",
  access: "read",
  schema: {
    summary: "One picture of an application's browser, by the name under which `evidence` lists it",
    tags: ["tasks"],
    params: z.object({ id: z.string(), name: z.string() }),
    response: { 200: z.unknown().describe("The picture"), ...problems },
  },
} as const satisfies Route;

export const getReceiptRoute = {
  method: "GET",
  url: "/tasks/:id/receipt",
  access: "read",
  schema: {
    summary: "What was sent and how it was proved (`Accept: text/html` for a page)",
    tags: ["tasks"],
    params: TaskParams,
    response: { 200: z.unknown().describe("The receipt, as JSON or as a page"), ...problems },
  },
} as const satisfies Route;
