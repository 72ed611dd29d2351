import { type CheckResult, broken, ok } from "./check-result.ts";
import { reasonOf, talkToServer } from "./talk-to-server.ts";

/** Redis by its URL: address, password, and that it is Redis at all. The password is never shown. */
export async function checkRedisUrl(redisUrl: string): Promise<CheckResult> {
  const url = URL.parse(redisUrl);
  if (url === null || !/^rediss?:$/.test(url.protocol)) {
    return broken("redis", "REDIS_URL is not a Redis address.", "Set it to redis://host:port.");
  }
  const where = url.host;
  const port = Number(url.port || 6379);
  const password = decodeURIComponent(url.password);
  const user = decodeURIComponent(url.username) || "default";
  const auth = password === "" ? "" : command("AUTH", user, password);
  try {
    const answer = await talkToServer({
      host: hostOf(url),
      port,
      tls: url.protocol === "rediss:",
      send: `${auth}${command("PING")}`,
      isComplete: (text) => /(^|\n)(\+PONG|-[^\r]*)\r\n/.test(text.toString("latin1")),
    });
    const text = answer.toString("latin1");
    if (/\+PONG/.test(text)) return ok("redis", `Redis answers at ${where}.`);
    return broken(
      "redis",
      `Redis at ${where} refuses us (${/-(\w+)/.exec(text)?.[1] ?? "error"}).`,
      "Correct user and password in REDIS_URL.",
    );
  } catch (error) {
    return broken(
      "redis",
      `Redis at ${where} cannot be reached (${reasonOf(error)}): events would arrive late.`,
      "Start it, correct REDIS_URL, or unset REDIS_URL so that Valet starts its own.",
    );
  }
}

/** As Redis wants it, so that a password may hold any character. */
function command(...words: readonly string[]): string {
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${parts.join("")}`;
}

/** PostgreSQL's SSLRequest: eight bytes that every server answers with one, before any login. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Whether a Postgres listens where DATABASE_URL points. The password is not tried here. */
export async function checkDatabaseUrl(databaseUrl: string): Promise<CheckResult> {
  const url = URL.parse(databaseUrl);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    return broken(
      "postgres",
      "DATABASE_URL is not a Postgres address.",
      "Set it to postgres://user:password@host:5432/database.",
    );
  }
  const where = url.host;
  try {
    const answer = await talkToServer({
      host: hostOf(url),
      port: Number(url.port || 5432),
      tls: false,
      send: sslRequest,
      isComplete: (bytes) => bytes.length > 0,
    });
    if (/^[SNE]/.test(answer.toString("latin1"))) {
      return ok("postgres", `Postgres answers at ${where}.`);
    }
    return broken("postgres", `What listens at ${where} is no Postgres.`, "Correct DATABASE_URL.");
  } catch (error) {
    return broken(
      "postgres",
      `Postgres at ${where} cannot be reached (${reasonOf(error)}): nothing can be stored.`,
      "Start it, correct DATABASE_URL, or unset DATABASE_URL so that Valet starts its own.",
    );
  }
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}
