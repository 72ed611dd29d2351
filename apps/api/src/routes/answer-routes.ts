import { deleteAnswerRoute, listAnswersRoute, saveAnswerRoute } from "@valet/contracts";
import { deleteAnswer, listAnswers, saveAnswer } from "@valet/db";
import type { App } from "../app-type.ts";
import { personOf } from "../identity/person.ts";

export function registerAnswerRoutes(app: App): void {
  app.route({
    ...listAnswersRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      return { answers: [...(await listAnswers(db, user.id, request.query.q))] };
    },
  });

  app.route({
    ...saveAnswerRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      return saveAnswer(db, user.id, request.body);
    },
  });

  app.route({
    ...deleteAnswerRoute,
    handler: async (request) => {
      const { db, user } = personOf(request);
      await deleteAnswer(db, user.id, request.query);
      return { deleted: true as const };
    },
  });
}
