import { Problem, type Route, ValetError } from "@valet/contracts";
import type { z } from "zod";

export interface Transport {
  /** Of the API, without a slash at its end. */
  readonly url: string;
  /** Without one a browser's login counts, whose cookie goes along by itself. */
  readonly apiKey: string | undefined;
  readonly fetch: typeof fetch;
}

export interface CallInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON, except a form. */
  readonly body?: unknown;
}

type Success<R extends Route> = R["schema"]["response"][200 | 201 extends infer S
  ? S & keyof R["schema"]["response"]
  : never];

/** What a route answers when it did what was asked. */
export type Answer<R extends Route> = z.output<Extract<Success<R>, z.ZodType>>;

/** Calls a route and parses its answer. Throws what the server refused, with the server's code. */
export async function callRoute<R extends Route>(
  transport: Transport,
  route: R,
  input: CallInput,
  signal?: AbortSignal,
): Promise<Answer<R>> {
  const response = await request(transport, route, input, signal);
  const schema = route.schema.response[response.status];
  const parsed = schema?.safeParse(await response.json().catch(() => undefined));
  if (parsed?.success !== true) throw unexpectedAnswer(response.status);
  // The schema that has just parsed it is the one the type is made of.
  return parsed.data as Answer<R>;
}

/** Sends the request; an answer that is not a success is thrown. */
export async function request(
  { url, apiKey, fetch }: Transport,
  route: Pick<Route, "method" | "url">,
  { params = {}, query = {}, headers = {}, body }: CallInput,
  signal?: AbortSignal,
): Promise<Response> {
  const address = new URL(`${url}${pathOf(route, params)}`);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) address.searchParams.set(name, String(value));
  }
  const isForm = body instanceof FormData;
  const given = Object.entries({
    authorization: apiKey === undefined ? undefined : `Bearer ${apiKey}`,
    ...(body === undefined || isForm ? {} : { "content-type": "application/json" }),
    ...headers,
  }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] satisfies [string, string]],
  );
  const response = await fetch(address, {
    method: route.method,
    headers: given,
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw unreachable(url, error);
  });
  if (response.ok) return response;
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  if (!problem.success) throw unexpectedAnswer(response.status);
  const { code, message, details } = problem.data;
  throw new ValetError(code, message, details ?? {});
}

/** Of a route with these params filled in, for what a browser opens by itself. */
export function pathOf(
  { url }: Pick<Route, "url">,
  params: Readonly<Record<string, string>>,
): string {
  return url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
}

function unreachable(url: string, cause: unknown): ValetError {
  return new ValetError(
    "API_UNREACHABLE",
    `Valet does not answer at ${url}. Start it with \`valet up\`, or set VALET_API_URL to where it runs.`,
    { url },
    { cause },
  );
}

function unexpectedAnswer(status: number): ValetError {
  const isTheirs = status >= 502;
  return new ValetError(
    isTheirs ? "API_UNREACHABLE" : "INTERNAL",
    isTheirs
      ? "Something between here and Valet answers that it cannot be reached. Try again."
      : "Valet gave an answer that this program does not understand. Check that both are of the same version.",
    { status },
  );
}
