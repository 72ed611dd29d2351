import {
  createScheduleRoute,
  deleteScheduleRoute,
  getScheduleRoute,
  listSchedulesRoute,
  updateScheduleRoute,
} from "@valet/contracts";
import {
  addSchedule,
  deleteSchedule,
  getScheduleDetail,
  listSchedules,
  scheduleOf,
  updateSchedule,
} from "@valet/db";
import type { FastifyRequest } from "fastify";
import type { App } from "../app-type.ts";
import type { PersonRouteDeps } from "../deps.ts";
import { personOf } from "../identity/person.ts";
import { admitJobs } from "../schedules/admit-jobs.ts";

export function registerScheduleRoutes(app: App, { networkPolicy }: PersonRouteDeps): void {
  app.route({
    ...listSchedulesRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      return { schedules: (await listSchedules(db, user.id)).map(scheduleOf) };
    },
  });

  app.route({
    ...getScheduleRoute,
    handler: (request) => getScheduleDetail(personOf(request).db, scheduleIn(request)),
  });

  app.route({
    ...createScheduleRoute,
    handler: async (request, reply) => {
      const { jobs: addresses, ...body } = request.body;
      const { db, user } = personOf(request);
      const jobs = await admitJobs(networkPolicy, addresses);
      const schedule = await addSchedule(db, { userId: user.id, body, jobs }, new Date());
      return reply.code(201).send(schedule);
    },
  });

  app.route({
    ...updateScheduleRoute,
    handler: async (request) => {
      const { db } = personOf(request);
      const change = { ...scheduleIn(request), ...request.body };
      return scheduleOf(await updateSchedule(db, change, new Date()));
    },
  });

  app.route({
    ...deleteScheduleRoute,
    handler: async (request) => {
      await deleteSchedule(personOf(request).db, scheduleIn(request));
      return { deleted: true as const };
    },
  });
}

function scheduleIn(request: FastifyRequest & { readonly params: { readonly id: string } }) {
  return { id: request.params.id, userId: personOf(request).user.id };
}
