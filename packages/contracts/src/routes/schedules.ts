import { z } from "zod";
import { CreateScheduleBody, Schedule, ScheduleDetail, UpdateScheduleBody } from "../schedule.ts";
import { type Route, keyHeaders, problems } from "./route.ts";

const params = z.object({ id: z.string() });

export const listSchedulesRoute = {
  method: "GET",
  url: "/schedules",
  access: "read",
  schema: {
    summary: "List schedules, whichever runs next first",
    tags: ["schedules"],
    response: { 200: z.object({ schedules: z.array(Schedule) }), ...problems },
  },
} as const satisfies Route;

export const getScheduleRoute = {
  method: "GET",
  url: "/schedules/:id",
  access: "read",
  schema: {
    summary: "One schedule and what came of each of its jobs",
    tags: ["schedules"],
    params,
    response: { 200: ScheduleDetail, ...problems },
  },
} as const satisfies Route;

export const createScheduleRoute = {
  method: "POST",
  url: "/schedules",
  access: "apply",
  keepsAnswer: true,
  schema: {
    summary: "Start applications at a time, or some of them again and again",
    tags: ["schedules"],
    headers: keyHeaders,
    body: CreateScheduleBody,
    response: { 201: ScheduleDetail, ...problems },
  },
} as const satisfies Route;

export const updateScheduleRoute = {
  method: "PATCH",
  url: "/schedules/:id",
  access: "apply",
  schema: {
    summary: "Move a schedule to other times, pause it or let it go on",
    tags: ["schedules"],
    params,
    body: UpdateScheduleBody,
    response: { 200: Schedule, ...problems },
  },
} as const satisfies Route;

export const deleteScheduleRoute = {
  method: "DELETE",
  url: "/schedules/:id",
  access: "apply",
  schema: {
    summary: "Remove a schedule; what it has started goes on",
    tags: ["schedules"],
    params,
    response: { 200: z.object({ deleted: z.literal(true) }), ...problems },
  },
} as const satisfies Route;
