import {
  type CreateScheduleBody,
  type Schedule,
  type ScheduleDetail,
  type UpdateScheduleBody,
  createScheduleRoute,
  deleteScheduleRoute,
  getScheduleRoute,
  listSchedulesRoute,
  updateScheduleRoute,
} from "@valet/contracts";
import { type Answer, type Transport, callRoute } from "./call-route.ts";

/** Lists of jobs that are started at a time, or some of them again and again. */
export interface ScheduleCalls {
  /** Whichever runs next first. */
  listSchedules(signal?: AbortSignal): Promise<Schedule[]>;
  /** With what came of each of its jobs. */
  getSchedule(id: string, signal?: AbortSignal): Promise<ScheduleDetail>;
  createSchedule(body: CreateScheduleBody, signal?: AbortSignal): Promise<ScheduleDetail>;
  /** Moves it to other times, pauses it or lets it go on. */
  updateSchedule(id: string, body: UpdateScheduleBody, signal?: AbortSignal): Promise<Schedule>;
  /** What it has started goes on. */
  deleteSchedule(id: string, signal?: AbortSignal): Promise<Answer<typeof deleteScheduleRoute>>;
}

export function scheduleCalls(transport: Transport): ScheduleCalls {
  const of = (id: string) => ({ params: { id } });
  return {
    listSchedules: async (signal) =>
      (await callRoute(transport, listSchedulesRoute, {}, signal)).schedules,
    getSchedule: (id, signal) => callRoute(transport, getScheduleRoute, of(id), signal),
    createSchedule: (body, signal) => callRoute(transport, createScheduleRoute, { body }, signal),
    updateSchedule: (id, body, signal) =>
      callRoute(transport, updateScheduleRoute, { ...of(id), body }, signal),
    deleteSchedule: (id, signal) => callRoute(transport, deleteScheduleRoute, of(id), signal),
  };
}
