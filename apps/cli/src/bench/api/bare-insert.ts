import { randomUUID } from "node:crypto";
import { announceReady } from "@valet/runtime";
import Fastify from "fastify";
import { Pool } from "pg";

/*
 * What one POST costs without anything of ours: a body is parsed, one row is written, an answer goes out. A
 * process of its own on the same Postgres, as the API is.
 */

const [databaseUrl = ""] = process.argv.slice(2);
const pool = new Pool({ connectionString: databaseUrl, max: 16 });
await pool.query(
  "create table if not exists bench_bare (id uuid primary key, body jsonb not null, at timestamptz not null default now())",
);
const app = Fastify();
app.post("/tasks", async (request, reply) => {
  const id = randomUUID();
  await pool.query("insert into bench_bare (id, body) values ($1, $2)", [id, request.body]);
  return reply.code(201).send({ id });
});
announceReady({ url: await app.listen({ host: "127.0.0.1", port: 0 }) });
