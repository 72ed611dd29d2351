import { randomUUID } from "node:crypto";
import { type Access, Problem, Scope } from "@valet/contracts";
import type { NewUser } from "@valet/db";
import { afterAll, expect, test } from "vitest";
import { openApiFixture } from "./api.fixture.ts";
import {
  type Named,
  type Row,
  keyThatIs,
  publicRoutes,
  rows,
} from "./authorisation-matrix.fixture.ts";

// Here and not in a hook: there is a test for every route that the application has.
const api = await openApiFixture();
afterAll(() => api.close());

interface Served {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly access: Access;
  readonly row: Row;
}

const served = api.routes.flatMap((route) =>
  [route.method].flat().map((method) => ({ method, url: route.url, access: accessOf(route) })),
);
const guarded = served.flatMap((one) => {
  const row = rows[nameOf(one)];
  return row === undefined ? [] : [{ ...one, row } as Served];
});

function accessOf(route: object): unknown {
  return "access" in route ? route.access : undefined;
}

/** HEAD is asked like GET. */
function nameOf({ method, url }: { readonly method: string; readonly url: string }): string {
  return `${method === "HEAD" ? "GET" : method} ${url}`;
}

async function ask(route: Served, named: Named, apiKey: string | undefined) {
  const url = route.url.replace(/:(\w+)/g, (_, name: string) => named[name] ?? "");
  const { query = {}, payload } = route.row.rest?.(named) ?? {};
  const answer = await api.app.inject({
    method: route.method,
    url,
    query,
    ...(payload === undefined ? {} : { payload }),
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    payloadAsStream: true,
  });
  const { statusCode: status } = answer;
  const body = answer.stream();
  if (route.row.isEndless === true && status === 200) {
    body.destroy();
    return { status, body: "" };
  }
  return { status, body: Buffer.concat(await body.toArray()).toString() };
}

function expectProblem(answer: { status: number; body: string }, status: number, route: Served) {
  expect(answer.status).toBe(status);
  if (route.method === "HEAD") return undefined;
  return Problem.parse(JSON.parse(answer.body));
}

const everyScope = [...Scope.options];
const personFor = ({ access }: Served) => api.addPerson(access === "admin" ? "admin" : "user");
const givenTo = async (route: Served, person: NewUser): Promise<Named> =>
  (await route.row.given?.(api, person)) ?? {};

test("every route is in the matrix, or is public for a reason; nothing else is in either", () => {
  const names = [...new Set(served.map(nameOf))];
  expect(names.filter((name) => !(name in rows) && !(name in publicRoutes))).toEqual([]);
  const listed = [...Object.keys(rows), ...Object.keys(publicRoutes)];
  expect(listed.filter((name) => !names.includes(name))).toEqual([]);
  const isPublic = ({ access }: { access: unknown }) => access === undefined || access === "public";
  const open = new Set(served.filter(isPublic).map(nameOf));
  expect([...open].toSorted()).toEqual(Object.keys(publicRoutes).toSorted());
  expect(guarded.length).toBeGreaterThan(30);
});

const named = guarded.map((route) => [`${route.method} ${route.url}`, route] as const);

test.each(named)("%s serves its owner, after it served nobody else", async (_name, route) => {
  const owner = await personFor(route);
  const given = await givenTo(route, owner);

  const missing = await ask(route, given, undefined);
  expect(expectProblem(missing, 401, route)?.code).not.toBe("INTERNAL");
  const keys = await Promise.all(
    (["expired", "revoked"] as const).map((state) => keyThatIs(api, owner, state, everyScope)),
  );
  const refusals = await Promise.all(
    [...keys, "nonsense", "valet_nonsense"].map((key) => ask(route, given, key)),
  );
  for (const refused of refusals) {
    expect(refused).toEqual(refusals[0]);
    expectProblem(refused, 401, route);
  }

  const wrong = Scope.options.filter((scope) => scope !== route.access);
  const narrow = await ask(route, given, await keyThatIs(api, owner, "good", wrong));
  const right = Scope.options.filter((scope) => scope === route.access);
  // A route for whoever is known asks for no scope.
  expect(narrow.status === 403).toBe(right.length > 0);

  const enough = await keyThatIs(api, owner, "good", right.length > 0 ? right : ["read"]);
  const own = await ask(route, given, enough);
  expect(own.status).toBe(route.row.answers);
});

test.each(named)("%s names the scope that is missing", async (_name, route) => {
  const owner = await personFor(route);
  const wrong = Scope.options.filter((scope) => scope !== route.access);
  const given = await givenTo(route, owner);
  const narrow = await ask(route, given, await keyThatIs(api, owner, "good", wrong));
  const isScoped = wrong.length < Scope.options.length;
  const expected = isScoped ? { code: "FORBIDDEN", details: { scope: route.access } } : {};
  const body: unknown = narrow.body === "" ? expected : JSON.parse(narrow.body);
  expect(body).toMatchObject(expected);
});

const [forAdmins, forEverybody] = [
  named.filter(([, { access }]) => access === "admin"),
  named.filter(([, { access }]) => access !== "admin"),
];

test.each(forAdmins)(
  "%s serves no one who is no admin, whatever their key says",
  async (_name, route) => {
    const user = await api.addPerson();
    const refused = await ask(route, {}, await keyThatIs(api, user, "good", everyScope));
    expectProblem(refused, 403, route);
  },
);

const namesSomething = ({ url, row }: Served) =>
  url.includes(":") || (row.idsElsewhere ?? []).length > 0;
const naming = forEverybody.filter(([, route]) => namesSomething(route));
const notNaming = forEverybody.filter(([, route]) => !namesSomething(route));

test.each(notNaming)("%s serves everybody what is theirs, admins too", async (_name, route) => {
  for (const role of ["user", "admin"] as const) {
    const person = await api.addPerson(role);
    const given = await givenTo(route, person);
    expect((await ask(route, given, person.apiKey)).status).toBe(route.row.answers);
  }
});

test.each(naming)(
  "%s says of what is another person's, by every id, just what it says of what there is not",
  async (_name, route) => {
    const theirs = await givenTo(route, await api.addPerson());
    const inPath = [...route.url.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "");
    const ids = [...inPath, ...(route.row.idsElsewhere ?? [])];
    expect(ids).not.toEqual([]);
    for (const role of ["user", "admin"] as const) {
      const person = await api.addPerson(role);
      const own = await givenTo(route, person);
      for (const name of ids) {
        const foreign = await ask(route, { ...own, [name]: theirs[name] ?? "" }, person.apiKey);
        const random = await ask(route, { ...own, [name]: randomUUID() }, person.apiKey);
        expectProblem(foreign, route.row.unknown ?? 404, route);
        expect([name, foreign]).toEqual([name, random]);
      }
      for (const name of inPath) {
        const nonsense = await ask(route, { ...own, [name]: "nonsense" }, person.apiKey);
        const random = await ask(route, { ...own, [name]: randomUUID() }, person.apiKey);
        expect([name, nonsense]).toEqual([name, random]);
      }
      const all = await ask(route, theirs, person.apiKey);
      expectProblem(all, route.row.unknown ?? 404, route);
    }
  },
);
