import { ValetError } from "@valet/contracts";
import { expect, test } from "vitest";
import { type Logger, createLogger } from "./create-logger.ts";
import { Secret } from "./secret.ts";

const canary = "canary-ada@example.com";

function recordingLogger(): { log: Logger; text: () => string; last: () => unknown } {
  const lines: string[] = [];
  const log = createLogger({
    name: "test",
    level: "debug",
    destination: { write: (line) => void lines.push(line) },
  });
  return { log, text: () => lines.join(""), last: () => JSON.parse(lines.at(-1) ?? "null") };
}

/** As pg throws it: every field of the server's answer is an own, enumerable property. */
function postgresError(): Error {
  const error = new Error(`invalid input syntax for type uuid: "${canary}"\n    at ${canary}`);
  return Object.assign(error, {
    name: "error",
    severity: "ERROR",
    code: "23505",
    detail: `Key (email)=(${canary}) already exists.`,
    where: `COPY users, line 1: "${canary}"`,
    table: "users",
    constraint: "users_email_key",
    query: `insert into users values ('${canary}')`,
    parameters: [canary],
  });
}

test("a line is JSON with a constant message, a level in words and a readable time", () => {
  const { log, last } = recordingLogger();

  log.child({ taskId: "t1" }).info({ count: 2 }, "form filled");

  expect(last()).toMatchObject({
    level: "info",
    name: "test",
    taskId: "t1",
    count: 2,
    msg: "form filled",
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  });
});

test("no error is no field", () => {
  const { log, last } = recordingLogger();

  log.warn({ err: undefined, attempt: 1 }, "connection is down");

  expect(last()).not.toHaveProperty("err");
  expect(last()).toMatchObject({ attempt: 1 });
});

test("a Postgres error is logged by code, table and constraint and never quotes the row", () => {
  const { log, last, text } = recordingLogger();
  const error = postgresError();
  const wrapped = new ValetError("INTERNAL", "Saving failed.", { taskId: "t1" }, { cause: error });

  log.error({ err: error }, "query failed");
  expect(last()).toMatchObject({
    err: {
      type: "PostgresError",
      code: "23505",
      table: "users",
      constraint: "users_email_key",
      stack: expect.stringMatching(/^\s+at /),
    },
  });

  log.error({ err: wrapped }, "query failed");
  expect(last()).toMatchObject({
    err: {
      type: "ValetError",
      message: "Saving failed.",
      code: "INTERNAL",
      details: { taskId: "t1" },
      cause: { type: "PostgresError", code: "23505" },
    },
  });
  expect(text()).not.toContain(canary);
});

test("no way of logging a Postgres error lets the row out", () => {
  const { log, text } = recordingLogger();
  const error = postgresError();

  log.error(error);
  log.error({ err: error });
  log.error(error, "query failed");
  log.error({ error, reason: error }, "query failed");
  log.child({ err: error }).error("query failed");
  log.error(
    { err: new ValetError("INTERNAL", "Saving failed.", { inner: error }) },
    "query failed",
  );
  log.error({ err: canary }, "something that is no error was thrown");

  expect(text().trim().split("\n")).toHaveLength(7);
  expect(text()).not.toContain(canary);
});

test("the errors of postgres.js are treated alike", () => {
  const { log, last, text } = recordingLogger();
  const error = Object.assign(new Error(canary), {
    name: "PostgresError",
    code: "23505",
    detail: canary,
    table_name: "users",
    constraint_name: "users_email_key",
  });

  log.error({ err: error }, "query failed");

  expect(last()).toMatchObject({ err: { type: "PostgresError", table: "users" } });
  expect(text()).not.toContain(canary);
});

test("without the view the same error does leak, so the tests above can fail", () => {
  expect(JSON.stringify(postgresError())).toContain(canary);
});

test("an endless chain of causes ends", () => {
  const { log, last } = recordingLogger();
  const error = new Error("loop");
  error.cause = error;

  log.error({ err: error }, "looped");

  expect(last()).toMatchObject({ err: { message: "loop", cause: { message: "loop" } } });
});

test("credentials in headers and secrets do not reach a line", () => {
  const { log, text } = recordingLogger();
  const headers = { authorization: canary, cookie: canary, "set-cookie": canary, host: "h" };

  log.info({ headers, req: { headers }, key: new Secret(canary), ...headers }, "request");

  expect(text()).toContain('"host":"h"');
  expect(text()).not.toContain(canary);
});
