import {
  AttachSessionInput,
  CloseByTaskQuery,
  CloseSessionQuery,
  CommandGateInput,
  ControlGrant,
  CreateSessionInput,
  CreatedSession,
  DetachSessionInput,
  GateAnswer,
  PressGrant,
  ReadPressInput,
  ReleaseControlInput,
  SessionGrant,
  SessionList,
  SessionParams,
  SessionView,
  TakeControlInput,
  TypeTextInput,
} from "@valet/browser";
import { Problem } from "@valet/contracts";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { SessionRegistry } from "./create-session-registry.ts";

const Nothing = z.null();
const faults = { "4xx": Problem, "5xx": Problem };

export interface SessionRoutesDeps {
  readonly registry: SessionRegistry;
  readonly list: () => SessionList;
}

/** The routes of `session-host-protocol.ts`. */
export function sessionRoutes({ registry, list }: SessionRoutesDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/sessions",
      { schema: { body: CreateSessionInput, response: { 200: CreatedSession, ...faults } } },
      ({ body }) => registry.create(body),
    );
    app.get("/sessions", { schema: { response: { 200: SessionList, ...faults } } }, async () =>
      list(),
    );
    app.get(
      "/sessions/:id",
      { schema: { params: SessionParams, response: { 200: SessionView, ...faults } } },
      async ({ params }) => registry.get(params.id),
    );
    app.post(
      "/sessions/:id/attach",
      {
        schema: {
          params: SessionParams,
          body: AttachSessionInput,
          response: { 200: SessionGrant, ...faults },
        },
      },
      ({ params, body }) => registry.attach(params.id, body),
    );
    app.post(
      "/sessions/:id/detach",
      {
        schema: {
          params: SessionParams,
          body: DetachSessionInput,
          response: { 204: Nothing, ...faults },
        },
      },
      async ({ params, body }, reply) => {
        await registry.detach(params.id, body);
        return reply.code(204).send(null);
      },
    );
    app.post(
      "/sessions/:id/gate",
      {
        schema: {
          params: SessionParams,
          body: CommandGateInput,
          response: { 200: GateAnswer, ...faults },
        },
      },
      async ({ params, body }) => registry.commandGate(params.id, body),
    );
    app.post(
      "/sessions/:id/control",
      {
        schema: {
          params: SessionParams,
          body: TakeControlInput,
          response: { 200: ControlGrant, ...faults },
        },
      },
      ({ params, body }) => registry.takeControl(params.id, body),
    );
    app.post(
      "/sessions/:id/release",
      {
        schema: {
          params: SessionParams,
          body: ReleaseControlInput,
          response: { 204: Nothing, ...faults },
        },
      },
      async ({ params, body }, reply) => {
        await registry.releaseControl(params.id, body);
        return reply.code(204).send(null);
      },
    );
    app.post(
      "/sessions/:id/read-press",
      {
        schema: {
          params: SessionParams,
          body: ReadPressInput,
          response: { 200: PressGrant, ...faults },
        },
      },
      async ({ params, body }) => registry.readPress(params.id, body),
    );
    app.post(
      "/sessions/:id/text",
      {
        schema: {
          params: SessionParams,
          body: TypeTextInput,
          response: { 204: Nothing, ...faults },
        },
      },
      async ({ params, body }, reply) => {
        await registry.typeText(params.id, body);
        return reply.code(204).send(null);
      },
    );
    app.delete(
      "/sessions/:id",
      {
        schema: {
          params: SessionParams,
          querystring: CloseSessionQuery,
          response: { 204: Nothing, ...faults },
        },
      },
      async ({ params, query }, reply) => {
        await registry.closeSession(params.id, query.as);
        return reply.code(204).send(null);
      },
    );
    app.delete(
      "/sessions",
      { schema: { querystring: CloseByTaskQuery, response: { 204: Nothing, ...faults } } },
      async ({ query }, reply) => {
        await registry.closeTask(query.taskId);
        return reply.code(204).send(null);
      },
    );
  };
}
